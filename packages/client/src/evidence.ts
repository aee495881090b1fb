import type { EvidenceFile } from '@watchledger/contract';
import type { Requests } from './requests.ts';

export interface DownloadedEvidence {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Files that prove what was declared: a learner's own (`watch`), or for a reviewer those of their institute. */
export interface EvidenceClient {
  /**
   * Keeps a PDF, JPEG or PNG of at most 10 MiB, to be named in an activity; sent again, it is kept twice.
   * @example
   * const { fileId } = await hours.uploadEvidence('certificate.pdf', await readFile(path), 'application/pdf');
   * await hours.patchActivity(activityId, { evidence: [{ fileId }] });
   */
  uploadEvidence(name: string, bytes: Uint8Array, mediaType: string): Promise<EvidenceFile>;
  downloadEvidence(fileId: string): Promise<DownloadedEvidence>;
  /** Its name, type and size, without its bytes. */
  describeEvidence(fileId: string): Promise<EvidenceFile>;
}

export const evidenceClient = ({ send, json }: Requests): EvidenceClient => ({
  uploadEvidence: (name, bytes, mediaType) =>
    json({
      method: 'POST',
      path: ['evidence'],
      query: { name },
      body: bytes,
      headers: { 'content-type': mediaType },
    }),
  describeEvidence: (fileId) => json({ path: ['evidence', fileId, 'about'] }),
  downloadEvidence: async (fileId) => {
    const response = await send({ path: ['evidence', fileId] });
    return {
      name: nameIn(response.headers.get('content-disposition') ?? ''),
      mediaType: response.headers.get('content-type') ?? '',
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  },
});

/** The file name of a `Content-Disposition` as the service writes it (RFC 8187). */
const nameIn = (disposition: string): string =>
  decodeURIComponent(/filename\*=UTF-8''([^;]*)/.exec(disposition)?.[1] ?? '');
