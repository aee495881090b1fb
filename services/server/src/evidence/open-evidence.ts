import type { EvidenceStore } from '@watchledger/usecases';
import type { Configuration } from '../configuration/configuration.ts';
import { folderEvidence } from './folder.ts';

/** Where uploaded files are kept: the folder that is configured, or one beside the database. */
export const openEvidence = ({ evidenceFolder }: Pick<Configuration, 'evidenceFolder'>): EvidenceStore =>
  folderEvidence(evidenceFolder);
