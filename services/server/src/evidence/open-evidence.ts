import type { EvidenceStore } from '@watchledger/usecases';
import type { Configuration } from '../configuration/configuration.ts';
import { bucketEvidence } from './bucket.ts';
import { folderEvidence } from './folder.ts';

/** Where uploaded files are kept: the bucket or the folder that is configured, or a folder beside the database. */
export const openEvidence = ({ evidence }: Pick<Configuration, 'evidence'>): EvidenceStore =>
  evidence.kind === 'bucket' ? bucketEvidence(evidence) : folderEvidence(evidence.folder);
