import { createHash } from 'node:crypto';
import { type EvidenceFile, Problem } from '@watchledger/contract';
import type { StoredFile } from '@watchledger/ledger';
import type { LearnerId } from '@watchledger/rules';
import { v7 as uuidv7 } from 'uuid';
import { rfc3339 } from '../moments/rfc3339.ts';
import { unavailable, whileStoresAnswer } from '../stores/unavailable.ts';
import type { ActivitiesContext } from './context.ts';
import { EvidenceUnavailable } from './evidence-store.ts';
import { evidenceTypeOf } from './evidence-types.ts';
import { type ActivityReader, readerOf } from './read-activities.ts';

/** The most that one file, and all files of one learner, may have. */
export const evidenceLimitBytes = 10 * 1024 * 1024;
const allFilesLimitBytes = 500 * 1024 * 1024;

export interface UploadEvidenceInput {
  readonly learnerId: string;
  readonly name: string;
  /** What the request says that it is. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

type Context = Pick<ActivitiesContext, 'evidence' | 'evidenceStore' | 'now'>;

/**
 * Keeps a file as evidence. What it is, its own bytes say; it is kept as it is and never run. The same file again is the
 * one that is there.
 * @throws Problem `unsupported-media-type`, `payload-too-large`, `unavailable`
 */
export async function uploadEvidence(
  { evidence, evidenceStore, now }: Context,
  { learnerId, name, mediaType, bytes }: UploadEvidenceInput,
): Promise<EvidenceFile> {
  const found = evidenceTypeOf(bytes);
  if (found === null || found !== mediaType) {
    throw new Problem(
      'unsupported-media-type',
      `The file is not of the type ${mediaType} that it is said to be.`,
      {
        accepted: acceptedEvidence,
      },
    );
  }
  return whileFilesAnswer(async () => {
    const owner = learnerId as LearnerId;
    const file: StoredFile = {
      fileId: uuidv7(),
      learnerId: owner,
      name,
      mediaType,
      bytes: bytes.byteLength,
      sha256: sha256Of(bytes),
      uploadedAt: now(),
    };
    // The bytes first: a file that is known is there.
    await evidenceStore.put(file.fileId, bytes, mediaType);
    const added = await evidence.add(file, allFilesLimitBytes).catch(async (error) => {
      await evidenceStore.remove(file.fileId);
      throw error;
    });
    if (added.outcome !== 'added') await evidenceStore.remove(file.fileId);
    if (added.outcome === 'full') {
      throw new Problem('payload-too-large', 'All your files together would be larger than 500 MiB.', {
        limitBytes: added.leftBytes,
      });
    }
    return fileShape(added.file);
  });
}

export const acceptedEvidence = ['application/pdf', 'image/jpeg', 'image/png'] as const;

/**
 * A file, for its learner or for a reviewer of theirs: the bytes that were uploaded, or none.
 * @throws Problem `file-not-found`, `file-damaged`, `unavailable`
 */
export async function readEvidence(
  { evidence, evidenceStore }: Context,
  { id, reader }: { readonly id: string; readonly reader: ActivityReader },
): Promise<{ readonly file: EvidenceFile; readonly bytes: Uint8Array }> {
  return whileFilesAnswer(async () => {
    const found = await evidence.file(id);
    const bytes = found !== null && mayRead(reader, found) ? await evidenceStore.get(id) : null;
    if (found === null || bytes === null) throw fileNotFound(id);
    if (sha256Of(bytes) !== found.file.sha256) throw damaged(id);
    return { file: fileShape(found.file), bytes };
  });
}

/**
 * What a file is, without its bytes, for its learner or for a reviewer of theirs.
 * @throws Problem `file-not-found`, `unavailable`
 */
export async function describeEvidence(
  { evidence }: Pick<Context, 'evidence'>,
  { id, reader }: { readonly id: string; readonly reader: ActivityReader },
): Promise<EvidenceFile> {
  return whileStoresAnswer(async () => {
    const found = await evidence.file(id);
    if (found === null || !mayRead(reader, found)) throw fileNotFound(id);
    return fileShape(found.file);
  });
}

function mayRead(
  given: ActivityReader,
  { file, organisationId }: { readonly file: StoredFile; readonly organisationId: string | null },
): boolean {
  const reader = readerOf(given, file.learnerId);
  if (reader.as === 'learner') return file.learnerId === reader.learnerId;
  return reader.organisationId === null || reader.organisationId === organisationId;
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const damaged = (id: string): Problem => {
  const cause = new Error(`the store of files holds other bytes under ${id} than those that were uploaded`);
  return new Problem('file-damaged', 'The file is not as it was uploaded.', {}, { cause });
};

const fileNotFound = (id: string): Problem =>
  new Problem('file-not-found', `There is no file "${id}" that you may see.`);

async function whileFilesAnswer<Result>(command: () => Promise<Result>): Promise<Result> {
  try {
    return await whileStoresAnswer(command);
  } catch (error) {
    if (error instanceof EvidenceUnavailable)
      throw unavailable('The store of files does not answer now.', 5, error);
    throw error;
  }
}

const fileShape = ({ fileId, name, mediaType, bytes, sha256, uploadedAt }: StoredFile): EvidenceFile => ({
  fileId,
  name,
  mediaType,
  bytes,
  sha256,
  uploadedAt: rfc3339(uploadedAt),
});
