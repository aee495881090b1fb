import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EvidenceStore, EvidenceUnavailable, evidenceLimitBytes } from '@watchledger/usecases';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Bucket } from '../configuration/evidence-place.ts';
import { wholeMessage } from '../observability/error-of-line.ts';
import { type S3Server, startS3Server } from '../testing/s3-server.ts';
import { bucketEvidence } from './bucket.ts';

const pdf = Buffer.from('%PDF-1.7');
const secret = 'a secret that nobody tells';

const bucketAt = (url: string, change: Partial<Bucket> = {}): Bucket => ({
  kind: 'bucket',
  url,
  region: 'eu-central-1',
  accessKeyId: 'AKIA',
  secretAccessKey: secret,
  sessionToken: null,
  ...change,
});

/** Why each of the three fails; all of them must, as `EvidenceUnavailable`. */
async function refusalsOf(store: EvidenceStore): Promise<string[]> {
  const failing = [store.put('a', pdf, 'application/pdf'), store.get('a'), store.remove('a')];
  return Promise.all(failing.map(refusalOf));
}

async function refusalOf(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof EvidenceUnavailable)) throw new Error(`no refusal, but ${error}`);
  expect(error.stack).not.toContain(secret);
  return wholeMessage(error);
}

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
});

/** A server of the test's own on 127.0.0.1, and what it was asked. */
async function serverThat(answers: RequestListener): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(incoming);
    answers(incoming, outgoing);
  });
  open.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/evidence`, asked };
}

describe('a real store', () => {
  let server: S3Server;

  beforeAll(async () => {
    server = await startS3Server();
  }, 60_000);
  afterAll(() => server.stop());

  const bucket = (change: Partial<Bucket> = {}) => bucketAt(server.url, { ...server, ...change });

  test('refuses who signs with another secret, or by another name', async () => {
    const wrong = bucketEvidence(bucket({ secretAccessKey: secret }));
    for (const why of await refusalsOf(wrong)) expect(why).toMatch(/answers 403 SignatureDoesNotMatch$/);
    const stranger = bucketEvidence(bucket({ accessKeyId: 'hours:stranger' }));
    for (const why of await refusalsOf(stranger)) expect(why).toMatch(/answers 403 SignatureDoesNotMatch$/);
    const elsewhere = bucketEvidence(bucket({ region: 'us-east-1' }));
    for (const why of await refusalsOf(elsewhere)) expect(why).toMatch(/answers 400 \w+$/);
  });

  test('that has no such bucket has not merely lost a file', async () => {
    const none = bucketEvidence(bucket({ url: server.url.replace(/evidence$/, 'none') }));
    for (const why of await refusalsOf(none)) expect(why).toMatch(/answers 404 NoSuchBucket$/);
  });

  test('takes nothing that was altered on its way', async () => {
    const altering = await serverThat((incoming, outgoing) => {
      const onward = request(
        { port: server.port, host: '127.0.0.1', path: incoming.url, method: incoming.method },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      for (const [name, value] of Object.entries(incoming.headers)) onward.setHeader(name, value ?? '');
      incoming.on('data', (chunk: Buffer) => onward.write(chunk.map((byte) => byte ^ 1)));
      incoming.on('end', () => onward.end());
    });
    const store = bucketEvidence(bucket({ url: altering.url }));
    expect(await refusalOf(store.put('b', pdf, 'application/pdf'))).toMatch(/answers 400 BadDigest$/);
    expect(await server.names()).not.toContain('b');
  });

  test('that is away keeps nothing, and heals', async () => {
    const store = bucketEvidence(bucket());
    await store.put('a', pdf, 'application/pdf');
    await server.stop();
    for (const why of await refusalsOf(store)) expect(why).toMatch(/fetch failed: .*ECONN/);
    await server.start();
    expect(await store.get('a')).toBeNull();
    await store.put('a', pdf, 'application/pdf');
    expect(await store.get('a')).toEqual(pdf);
  }, 60_000);
});

test('a store is asked for no more than it needs: bytes, their type and checksum, all of it signed', async () => {
  const { url, asked } = await serverThat((incoming, outgoing) =>
    incoming.resume().on('end', () => outgoing.end()),
  );
  await bucketEvidence(bucketAt(`${url}/hours`, { sessionToken: 'for an hour' })).put(
    'a',
    pdf,
    'application/pdf',
  );
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['PUT /evidence/hours/a']);
  expect(asked[0]?.headers).toMatchObject({
    'content-length': String(pdf.byteLength),
    'content-type': 'application/pdf',
    'x-amz-content-sha256': expect.stringMatching(/^[\da-f]{64}$/),
    'x-amz-security-token': 'for an hour',
    authorization: expect.stringContaining(
      'SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token',
    ),
  });
  expect(Object.keys(asked[0]?.headers ?? {})).not.toContain('x-amz-acl');
});

describe('a store in trouble', () => {
  const impatient = { tryMs: 60, allMs: 150 };

  test.each([500, 503, 429])('that answers %i for a moment is asked again', async (status) => {
    const { url, asked } = await serverThat((_, outgoing) => {
      outgoing.writeHead(asked.length < 3 ? status : 200).end('whole');
    });
    expect(await bucketEvidence(bucketAt(url)).get('a')).toEqual(Buffer.from('whole'));
    expect(asked).toHaveLength(3);
  });

  test('that goes on so is given up after three tries', async () => {
    const { url, asked } = await serverThat((_, outgoing) => {
      outgoing.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
    });
    for (const why of await refusalsOf(bucketEvidence(bucketAt(url))))
      expect(why).toMatch(/answers 503 SlowDown$/);
    expect(asked).toHaveLength(9);
  });

  test('that refuses is not asked again', async () => {
    const { url, asked } = await serverThat((_, outgoing) => {
      outgoing.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    });
    for (const why of await refusalsOf(bucketEvidence(bucketAt(url))))
      expect(why).toMatch(/answers 403 AccessDenied$/);
    expect(asked).toHaveLength(3);
  });

  test('that never answers is waited for only so long', async () => {
    const { url } = await serverThat(() => {});
    for (const why of await refusalsOf(bucketEvidence(bucketAt(url), impatient)))
      expect(why).toMatch(/timeout/);
  });

  test('that trickles is waited for only so long', async () => {
    const { url } = await serverThat((_, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '1000' });
      const drops = setInterval(() => outgoing.write('a'), 10);
      outgoing.on('close', () => clearInterval(drops));
    });
    expect(await refusalOf(bucketEvidence(bucketAt(url), impatient).get('a'))).toMatch(/timeout/);
  });

  test.each([{ 'content-length': '1000' }, {}])(
    'that is cut off in the middle gives nothing (%j)',
    async (headers) => {
      const { url, asked } = await serverThat((_, outgoing) => {
        outgoing.writeHead(200, headers);
        outgoing.write('%PDF-1.7', () => outgoing.destroy());
      });
      expect(await refusalOf(bucketEvidence(bucketAt(url)).get('a'))).toMatch(/terminated/);
      expect(asked).toHaveLength(3);
    },
  );

  test('that is cut off while a file goes in has not kept it', async () => {
    const { url } = await serverThat((incoming) => incoming.once('data', () => incoming.destroy()));
    const store = bucketEvidence(bucketAt(url));
    expect(await refusalOf(store.put('a', randomBytes(2_000_000), 'application/pdf'))).toMatch(
      /fetch failed/,
    );
  });

  test('that sends elsewhere is not followed', async () => {
    const stranger = await serverThat((_, outgoing) => void outgoing.end('of a stranger'));
    const { url } = await serverThat((_, outgoing) => {
      outgoing.writeHead(307, { location: `${stranger.url}/a` }).end();
    });
    for (const why of await refusalsOf(bucketEvidence(bucketAt(url)))) expect(why).toMatch(/answers 307$/);
    expect(stranger.asked).toEqual([]);
  });

  test('that answers with more than any file has is not read on, and not asked again', async () => {
    const { url, asked } = await serverThat((_, outgoing) => {
      const flood = Buffer.alloc(1024 * 1024);
      const pour = (): void => void outgoing.write(flood, (error) => error || outgoing.destroyed || pour());
      pour();
    });
    expect(await refusalOf(bucketEvidence(bucketAt(url)).get('a'))).toContain(
      `more than the ${evidenceLimitBytes}`,
    );
    expect(asked).toHaveLength(1);
  });

  test('that is some other server has not merely lost a file', async () => {
    const { url } = await serverThat(
      (_, outgoing) => void outgoing.writeHead(404).end('<html>Not found</html>'),
    );
    for (const why of await refusalsOf(bucketEvidence(bucketAt(url)))) expect(why).toMatch(/answers 404$/);
  });
});
