import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@watchledger/free-port';
import { type Child, type Ending, startChild } from './child.ts';
import type { Deployment } from './deployment.ts';
import { temporaryFolder } from './folder.ts';
import { mintToken } from './token.ts';

export interface ServiceOptions {
  /** Variables beside those the harness sets; a blank one counts as unset. */
  readonly env?: Readonly<Record<string, string>>;
  /** A policy file's content; the default policy otherwise. */
  readonly policy?: object;
  readonly args?: readonly string[];
}

/** The product as a customer runs it: its own process, a database file in a folder of its own unless told otherwise. */
export interface TestService extends Deployment {
  /** `http://127.0.0.1:…`, the same through restarts. */
  readonly url: string;
  readonly port: number;
  /** `file:…` or `postgres://…`; another service that is given it (and REDIS_URL) shares it. */
  readonly databaseUrl: string;
  readonly secret: string;
  readonly pid: number;
  /** Everything that this and earlier processes have logged, both streams. */
  logs(): string;
  /** The ready-to-open links of its last start; each works once. */
  links(): readonly string[];
  /** Ends it at once, as a crash would. */
  kill(): Promise<Ending>;
  /** Asks it to stop (SIGTERM) and waits until it has. */
  stop(): Promise<Ending>;
  signal(name: NodeJS.Signals): void;
  /** Starts it again on the same port and database, after it has ended. */
  restart(change?: Pick<ServiceOptions, 'env' | 'args'>): Promise<void>;
}

const program = fileURLToPath(new URL('../../services/server/bin/watchledger.js', import.meta.url));
const startMs = 50_000;

export async function startService(options: ServiceOptions = {}): Promise<TestService> {
  const folder = temporaryFolder();
  const port = await freePort();
  const env: Record<string, string> = {
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, 'watchledger.db')}`,
    AUTH_SECRET: 'the secret of the tests, which nobody else uses',
    ...(options.policy === undefined ? {} : { POLICY_FILE: policyFile(folder, options.policy) }),
    ...options.env,
  };
  const earlier: string[] = [];
  let child = await start(options.args ?? [], env);
  const databaseUrl = env.DATABASE_URL ?? '';
  const secret = env.AUTH_SECRET || readFileSync(`${fileOf(databaseUrl)}.secret`, 'utf8').trim();
  const output = () => child.stdout() + child.stderr();

  return {
    url: `http://127.0.0.1:${port}`,
    urls: [`http://127.0.0.1:${port}`],
    port,
    databaseUrl,
    secret,
    get pid() {
      return child.pid;
    },
    token: (claims) => mintToken(secret, claims),
    logs: () => [...earlier, output()].join(''),
    links: () => output().match(/http:\S+#code=\S+/g) ?? [],
    kill: () => child.end('SIGKILL'),
    stop: () => child.end('SIGTERM'),
    signal: (name) => child.signal(name),
    async restart(change = {}) {
      await child.ended;
      earlier.push(output());
      child = await start(change.args ?? options.args ?? [], { ...env, ...change.env });
    },
  };
}

/** Hundreds of starts in one run of the tests share what Node has compiled; that is a fifth of a start. */
const compiled = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)),
};

/** Runs the product's command line to its end, for commands and for starts that must fail. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ending & { stdout: string; stderr: string }> {
  const child = startChild(process.execPath, [program, ...args], {
    env: { ...compiled, ...env },
    cwd: temporaryFolder(),
  });
  const ending = await child.ended;
  return { ...ending, stdout: child.stdout(), stderr: child.stderr() };
}

async function start(args: readonly string[], env: Record<string, string>): Promise<Child> {
  const child = startChild(process.execPath, [program, ...args], { env: { ...compiled, ...env } });
  await child.says(/listening on http/, startMs);
  return child;
}

/** The path in a `file:…` URL. */
export function fileOf(databaseUrl: string): string {
  if (!databaseUrl.startsWith('file:')) throw new Error('this database is no file');
  return databaseUrl.slice('file:'.length);
}

function policyFile(folder: string, policy: object): string {
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  return file;
}
