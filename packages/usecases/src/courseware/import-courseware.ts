import type { CoursewareImportRow, Imported } from '@watchledger/contract';
import type { CoursewareId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { limitMsOf } from './shape.ts';

export interface ImportCourseware {
  readonly actor: string;
  /** No id stands twice in them. */
  readonly rows: readonly CoursewareImportRow[];
  readonly dryRun: boolean;
}

/**
 * Creates or changes all the courseware of a file, or none; fields that the file does not have are kept.
 */
export async function importCourseware(
  { courseware, now }: CoursewareContext,
  { actor, rows, dryRun }: ImportCourseware,
): Promise<Imported> {
  const imports = rows.map(({ id, title, kind, limitSeconds }) => ({
    coursewareId: id as CoursewareId,
    title,
    kind,
    limitMs: limitMsOf(limitSeconds),
  }));
  const count = await whileStoresAnswer(() =>
    courseware.import(imports, { actor, at: now(), reason: 'import' }, dryRun),
  );
  return { dryRun, created: count.created, updated: count.changed, unchanged: count.unchanged };
}
