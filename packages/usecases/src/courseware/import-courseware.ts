import {
  type CoursewareImported,
  type CoursewareImportRow,
  type Fault,
  Problem,
} from '@watchledger/contract';
import type { CoursewareId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CoursewareContext } from './context.ts';
import { limitMsOf } from './shape.ts';

/** A row, and the line of the file that it came from. */
export type ImportedRow = CoursewareImportRow & { readonly line?: number | undefined };

export interface ImportCourseware {
  readonly actor: string;
  readonly rows: readonly ImportedRow[];
  readonly dryRun: boolean;
}

/**
 * Creates or changes all the courseware of a file, or none; fields that the file does not have are kept.
 * @throws Problem `invalid-request` naming every row whose id came before
 */
export async function importCourseware(
  { courseware, now }: CoursewareContext,
  { actor, rows, dryRun }: ImportCourseware,
): Promise<CoursewareImported> {
  const repeated = repeatedIds(rows);
  if (repeated.length > 0) {
    throw new Problem('invalid-request', 'An id stands in the file more than once; nothing was imported.', {
      errors: repeated,
    });
  }
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

function repeatedIds(rows: readonly ImportedRow[]): Fault[] {
  const seen = new Set<string>();
  return rows.flatMap(({ id, line }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const place = line === undefined ? {} : { line };
    return [{ path: `/${index}/id`, message: `"${id}" stands above already`, field: 'id', ...place }];
  });
}
