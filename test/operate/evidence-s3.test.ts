import { randomBytes } from 'node:crypto';
import type { EvidenceFile } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { startS3, startService, type TestService } from '../harness/index.ts';

const pdf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]);

/** What a learner does with files. */
function filesOf(service: TestService) {
  const headers = { authorization: `Bearer ${service.token({ sub: 'u1', scope: 'watch' })}` };
  return {
    upload: (bytes: Buffer) =>
      fetch(`${service.url}/v1/evidence?name=certificate.pdf`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/pdf' },
        body: new Uint8Array(bytes),
      }),
    read: (fileId: string) => fetch(`${service.url}/v1/evidence/${fileId}`, { headers }),
  };
}

test('evidence in a bucket: it comes back as it was, also from a process that starts anew', async () => {
  const s3 = await startS3();
  const service = await startService({ env: { ...s3.env, EVIDENCE_URL: `${s3.url}/hours` } });
  const files = filesOf(service);
  const bytes = pdf();
  const answer = await files.upload(bytes);
  expect(answer.status).toBe(201);
  const { fileId } = (await answer.json()) as EvidenceFile;
  expect(await s3.names()).toEqual([`hours/${fileId}`]);
  const kept = await s3.object(`hours/${fileId}`);
  expect(kept?.mediaType).toBe('application/pdf');
  expect(bytes.equals(kept?.bytes ?? new Uint8Array())).toBe(true);

  expect(((await (await files.upload(bytes)).json()) as EvidenceFile).fileId).toBe(fileId);
  expect(await s3.names()).toEqual([`hours/${fileId}`]);

  await service.kill();
  await service.restart();
  const read = await files.read(fileId);
  expect(read.headers.get('content-type')).toBe('application/pdf');
  expect(bytes.equals(Buffer.from(await read.arrayBuffer()))).toBe(true);
});

test('a bucket that is away: files are told to come again, nothing is half kept, all else goes on, and it heals', async () => {
  const s3 = await startS3();
  const service = await startService({ env: s3.env });
  const files = filesOf(service);
  const before = (await (await files.upload(pdf())).json()) as EvidenceFile;

  await s3.stop();
  const bytes = pdf();
  for (const answer of [await files.upload(bytes), await files.read(before.fileId)]) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'unavailable' });
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN/);
  }
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  expect(service.logs()).toMatch(/warn {2}The store of files does not answer now\..*ECONNREFUSED/);

  await s3.start();
  const { fileId } = (await (await files.upload(bytes)).json()) as EvidenceFile;
  // The one that was refused has left nothing.
  expect(await s3.names()).toEqual([fileId]);
  expect(bytes.equals(Buffer.from(await (await files.read(fileId)).arrayBuffer()))).toBe(true);
});

test('a secret that the store refuses: files are told to come again, the log says why and never the secret', async () => {
  const s3 = await startS3();
  const secret = 'not-the-secret-of-this-store';
  const service = await startService({ env: { ...s3.env, AWS_SECRET_ACCESS_KEY: secret } });
  expect((await filesOf(service).upload(pdf())).status).toBe(503);
  expect(service.logs()).toMatch(/the bucket answers 403 SignatureDoesNotMatch/);
  expect(service.logs()).not.toContain(secret);
  expect(service.logs()).not.toContain(s3.accessKeyId);
  expect(await s3.names()).toEqual([]);
});
