import type { EvidenceFile } from '@watchledger/contract';
import type { Ask } from '../site/ask.ts';
import { unlessGone } from '../site/unless-gone.ts';

/** What is known of an uploaded file; null: it cannot be read any more. */
export const evidenceFile = (ask: Ask, fileId: string): Promise<EvidenceFile | null> =>
  unlessGone(ask.json<EvidenceFile>({ path: ['evidence', fileId, 'about'] }));
