import type { Activity } from '@watchledger/contract';
import { evidenceFile } from '../../evidence/evidence-file.ts';
import type { LearnerVisit } from '../learner-site.tsx';

/** Names an uploaded file of a declaration, by its id. */
export type FileNames = (fileId: string) => string;

/** As they were uploaded; one that cannot be read any more is the nth attachment. */
export async function fileNames(
  { ask, page }: Pick<LearnerVisit, 'ask' | 'page'>,
  { evidence }: Activity,
): Promise<FileNames> {
  const ids = evidence.flatMap((each) => ('fileId' in each ? each.fileId : []));
  const files = await Promise.all(ids.map((id) => evidenceFile(ask, id)));
  const { attachment } = page.texts.me.activities;
  const names = new Map(ids.map((id, nth) => [id, files[nth]?.name ?? attachment(nth + 1)]));
  return (fileId) => names.get(fileId) ?? fileId;
}
