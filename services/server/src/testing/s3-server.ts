import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@watchledger/free-port';
import { AwsClient } from 'aws4fetch';
import { swiftPython } from './swift.ts';

/** A real S3-compatible store of the test's own: OpenStack Swift on 127.0.0.1, with one empty bucket. */
export interface S3Server {
  /** Of the bucket; the same through restarts. */
  readonly url: string;
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The same, as a service is told it. */
  readonly env: Readonly<Record<string, string>>;
  /** What the store keeps under this name, asked past the product; null: nothing. */
  object(name: string): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string | null } | null>;
  /** The names of all that it keeps. */
  names(): Promise<string[]>;
  /** Ends it; without `start` it stays away. */
  stop(): Promise<void>;
  /** At the same address, knowing nothing but the empty bucket. */
  start(): Promise<void>;
}

const program = fileURLToPath(new URL('s3-server.py', import.meta.url));
const region = 'eu-central-1';
const accessKeyId = 'hours:service';
const secretAccessKey = 'the/secret+of=tests';

/** For tests: it ends with `stop()`, and also when this process ends in whatever way. */
export async function startS3Server(): Promise<S3Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/evidence`;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  let child: ChildProcess | null = null;

  async function ask(address: string, method = 'GET'): Promise<Response> {
    const answer = await client.fetch(address, { method });
    if (!answer.ok && answer.status !== 404) throw new Error(`the store answers ${await answer.text()}`);
    return answer;
  }
  async function start() {
    child = await startSwift(port);
    await ask(url, 'PUT');
  }

  await start();
  return {
    url,
    port,
    region,
    accessKeyId,
    secretAccessKey,
    env: {
      EVIDENCE_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    async object(name) {
      const answer = await ask(`${url}/${name}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return answer.ok ? { bytes, mediaType: answer.headers.get('content-type') } : null;
    },
    async names() {
      const list = await (await ask(url)).text();
      return [...list.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) => name);
    },
    async stop() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
    start,
  };
}

const patienceMs = 45_000;

/** Its input closes with this process, and it ends with its input. */
async function startSwift(port: number): Promise<ChildProcess> {
  const args = [program, String(port), accessKeyId, secretAccessKey, region];
  const child = spawn(swiftPython(), args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const tooLate = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`Swift does not start:\n${said}`);
  });
  const listening = new Promise<void>((resolve) => {
    child.stdout.on('data', () => /^listening$/m.test(said) && resolve());
  });
  await Promise.race([listening, ended]).finally(() => clearTimeout(tooLate));
  ended.catch(() => {});
  return child;
}
