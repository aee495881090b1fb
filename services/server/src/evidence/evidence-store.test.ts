import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceStore } from '@watchledger/usecases';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, startS3Server } from '../testing/s3-server.ts';
import { openEvidence } from './open-evidence.ts';

let server: S3Server;
let folder = '';

beforeAll(async () => {
  server = await startS3Server();
  folder = mkdtempSync(join(tmpdir(), 'watchledger-evidence-'));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const kinds: readonly {
  readonly kind: string;
  readonly open: () => EvidenceStore;
  readonly names: () => Promise<string[]>;
}[] = [
  {
    kind: 'a folder',
    open: () => openEvidence({ evidence: { kind: 'folder', folder: join(folder, 'files') } }),
    names: async () => readdirSync(join(folder, 'files')),
  },
  {
    kind: 'a bucket',
    open: () => openEvidence({ evidence: bucket() }),
    names: () => server.names(),
  },
];

const bucket = () => ({
  kind: 'bucket' as const,
  url: server.url,
  region: server.region,
  accessKeyId: server.accessKeyId,
  secretAccessKey: server.secretAccessKey,
  sessionToken: null,
});

describe.each(kinds)('evidence in $kind', ({ open, names }) => {
  const pdf = 'application/pdf';

  test('comes back as it was, whatever its bytes are', async () => {
    const store = open();
    const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (const bytes of [everyByte, randomBytes(300_000), Buffer.from('<html>é\r\n'), new Uint8Array()]) {
      await store.put('bytes', bytes, pdf);
      expect(Buffer.from((await store.get('bytes')) ?? []).equals(bytes)).toBe(true);
    }
  });

  test('is there for another process', async () => {
    await open().put('shared', Buffer.from('%PDF-1'), pdf);
    expect(await open().get('shared')).toEqual(Buffer.from('%PDF-1'));
  });

  test('as large as a file may be', async () => {
    const bytes = randomBytes(10 * 1024 * 1024);
    const store = open();
    await store.put('large', bytes, pdf);
    expect(Buffer.from((await store.get('large')) ?? []).equals(bytes)).toBe(true);
  });

  test('that is put again is the newer one', async () => {
    const store = open();
    await store.put('again', Buffer.from('%PDF-1 and more'), pdf);
    await store.put('again', Buffer.from('%PDF-2'), pdf);
    expect(await store.get('again')).toEqual(Buffer.from('%PDF-2'));
  });

  test('that is not there is null, and forgetting it does no harm', async () => {
    const store = open();
    expect(await store.get('missing')).toBeNull();
    await store.remove('missing');
  });

  test('that is forgotten is gone, and nothing else is', async () => {
    const store = open();
    await store.put('kept', Buffer.from('%PDF-1'), pdf);
    await store.put('forgotten', Buffer.from('%PDF-2'), pdf);
    await store.remove('forgotten');
    expect(await store.get('forgotten')).toBeNull();
    expect(await store.get('kept')).toEqual(Buffer.from('%PDF-1'));
    expect(await names()).toContain('kept');
    expect(await names()).not.toContain('forgotten');
  });
});

test('a bucket is told of what type a file is', async () => {
  await openEvidence({ evidence: bucket() }).put('picture', Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg');
  expect(await server.object('picture')).toMatchObject({ mediaType: 'image/jpeg' });
});

test('files with a prefix are a part of the bucket that others may share', async () => {
  const store = openEvidence({ evidence: { ...bucket(), url: `${server.url}/hours/2026` } });
  await store.put('a', Buffer.from('%PDF-1'), 'application/pdf');
  expect(await server.names()).toContain('hours/2026/a');
  expect(await store.get('a')).toEqual(Buffer.from('%PDF-1'));
  expect(await openEvidence({ evidence: bucket() }).get('a')).toBeNull();
  await store.remove('a');
  expect(await server.names()).not.toContain('hours/2026/a');
});
