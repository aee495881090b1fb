import type { Instant, LearnerId } from '@watchledger/rules';

/** A file that a learner has handed in. */
export interface StoredFile {
  readonly fileId: string;
  readonly learnerId: LearnerId;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly uploadedAt: Instant;
}

export type FileAdded =
  | { readonly outcome: 'added' | 'there'; readonly file: StoredFile }
  | { readonly outcome: 'full'; readonly leftBytes: number };

/** What files there are; their bytes are elsewhere. Methods reject with `LedgerUnavailable`. */
export interface EvidenceLedger {
  /** Within what all files of its learner may have together; the same bytes by the same name are there once. */
  add(file: StoredFile, limitBytes: number): Promise<FileAdded>;
  /** With the institute of its learner; null where there is none. */
  file(fileId: string): Promise<{ readonly file: StoredFile; readonly organisationId: string | null } | null>;
}
