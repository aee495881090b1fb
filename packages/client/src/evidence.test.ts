import { Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { clientOf, own } from './client.fixture.ts';

const fileId = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a12';
const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x00, 0xff]);
const file = {
  fileId,
  name: '证书 1;2%.pdf',
  mediaType: 'application/pdf',
  bytes: bytes.byteLength,
  sha256: 'a'.repeat(64),
  uploadedAt: '2026-03-01T01:00:00Z',
};

describe('evidence', () => {
  it('is uploaded byte by byte under its name', async () => {
    const uploadEvidence = vi.fn(async () => file);
    const { client } = clientOf({ office: { uploadEvidence }, ...own });
    expect(await client.uploadEvidence(file.name, bytes, 'application/pdf')).toEqual(file);
    expect(uploadEvidence).toHaveBeenCalledWith({
      learnerId: 'u-17',
      name: file.name,
      mediaType: 'application/pdf',
      bytes: expect.toSatisfy((sent: Uint8Array) => Buffer.from(bytes).equals(sent)),
    });
  });

  it('is downloaded as it was uploaded', async () => {
    const readEvidence = vi.fn(async () => ({ file, bytes }));
    const { client } = clientOf({ office: { readEvidence }, ...own });
    expect(await client.downloadEvidence(fileId)).toEqual({
      name: file.name,
      mediaType: 'application/pdf',
      bytes,
    });
    expect(readEvidence).toHaveBeenCalledWith({ id: fileId, reader: { as: 'learner', learnerId: 'u-17' } });
  });

  it('is described without its bytes', async () => {
    const describeEvidence = vi.fn(async () => file);
    const { client } = clientOf({ office: { describeEvidence }, ...own });
    expect(await client.describeEvidence(fileId)).toEqual(file);
    const reader = { as: 'learner', learnerId: 'u-17' };
    expect(describeEvidence).toHaveBeenCalledWith({ id: fileId, reader });
  });

  it('of another type, or of somebody else, is a refusal', async () => {
    const readEvidence = async () => {
      throw new Problem('file-not-found', 'There is no file that you may see.');
    };
    const { client } = clientOf({ office: { readEvidence }, ...own });
    await expect(client.uploadEvidence('a.html', bytes, 'text/html')).rejects.toMatchObject({
      status: 415,
      problem: { accepted: ['application/pdf', 'image/jpeg', 'image/png'] },
    });
    await expect(client.downloadEvidence(fileId)).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
