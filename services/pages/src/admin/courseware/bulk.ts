import { WatchLedgerError } from '@watchledger/client';
import type { Courseware, PatchCourseware, Preview } from '@watchledger/contract';
import { hoursTyped } from '../../format/hours-typed.ts';
import type { Ask } from '../../site/ask.ts';
import type { Form } from '../../site/form.ts';

/** What is to become of several courseware. */
export type BulkChange =
  | { readonly what: 'hours'; readonly limitSeconds: number }
  | { readonly what: 'open' | 'close' };

/** As many as a list page shows at the most; a form that somebody has made up may name more. */
export const mostAtOnce = 200;

export interface ChosenCourseware {
  readonly courseware: Courseware;
  readonly etag: string;
}

/** What a form asks for; null where its hours cannot be read. */
export function bulkChangeIn(form: Form): BulkChange | null {
  const what = form.text('what');
  if (what === 'open' || what === 'close') return { what };
  const limitSeconds = hoursTyped(form.text('hours') ?? '');
  return limitSeconds === null ? null : { what: 'hours', limitSeconds };
}

/** The chosen ones that the change would make something else. */
export async function chosenFor(
  ask: Ask,
  ids: readonly string[],
  change: BulkChange,
): Promise<ChosenCourseware[]> {
  const found = await Promise.all(
    ids.map(async (id) => {
      const { body, etag } = await ask.tagged<Courseware>({ path: ['courseware', id] });
      return { courseware: body, etag };
    }),
  );
  return found.filter(({ courseware: { limitSeconds, open } }) =>
    change.what === 'hours' ? limitSeconds !== change.limitSeconds : open !== (change.what === 'open'),
  );
}

/** What new hours of all of them would do together; null where hours stay as they are. */
export async function previewOfBulk(
  ask: Ask,
  chosen: readonly ChosenCourseware[],
  change: BulkChange,
): Promise<Preview | null> {
  if (change.what !== 'hours') return null;
  const items = chosen.map(({ courseware: { coursewareId } }) => ({
    coursewareId,
    limitSeconds: change.limitSeconds,
  }));
  return ask.json<Preview>({ method: 'POST', path: ['courseware', 'preview'], body: { items } });
}

/** One courseware and what it is to be, if it is still at this version. */
export interface Patch {
  readonly id: string;
  readonly fields: PatchCourseware;
  readonly etag: string;
}

export interface Patched {
  /** With the versions that they are at since. */
  readonly done: readonly Patch[];
  /** Changed by somebody else meanwhile, or deleted. */
  readonly left: readonly Patch[];
  /** Not done, since the service failed on the way. */
  readonly failed: readonly Patch[];
}

/**
 * One after the other; what was changed by others meanwhile is left as it is. Where the service fails on the way, what
 * was done before is told; where nothing was, it throws.
 */
export async function patchAll(ask: Ask, patches: readonly Patch[]): Promise<Patched> {
  const done: Patch[] = [];
  const left: Patch[] = [];
  for (const [nth, patch] of patches.entries()) {
    try {
      const etag = await patched(ask, patch);
      if (etag === null) left.push(patch);
      else done.push({ ...patch, etag });
    } catch (error) {
      if (done.length === 0 || !(error instanceof WatchLedgerError)) throw error;
      return { done, left, failed: patches.slice(nth) };
    }
  }
  return { done, left, failed: [] };
}

/** The version that it is at since; null: others were quicker. */
async function patched(ask: Ask, { id, fields, etag: seen }: Patch): Promise<string | null> {
  try {
    const headers = { 'if-match': seen };
    const { etag } = await ask.tagged({ method: 'PATCH', path: ['courseware', id], body: fields, headers });
    return etag;
  } catch (error) {
    if (error instanceof WatchLedgerError && [404, 412].includes(error.status)) return null;
    throw error;
  }
}

export const fieldsOf = (change: BulkChange): PatchCourseware =>
  change.what === 'hours' ? { limitSeconds: change.limitSeconds } : { open: change.what === 'open' };

/** Notices travel in cookies: what would not fit in one is not taken back at once. */
const longestUndo = 2_000;

/**
 * How those that were changed were before, for a form that sets them back unless somebody changes them in between; null
 * where that is too much for a notice.
 */
export function undoOf(
  chosen: readonly ChosenCourseware[],
  done: readonly Patch[],
  change: BulkChange,
): string | null {
  const since = new Map(done.map(({ id, etag }) => [id, etag]));
  const before = chosen.flatMap(({ courseware: { coursewareId, limitSeconds, open } }) => {
    const etag = since.get(coursewareId);
    return etag === undefined ? [] : [[coursewareId, change.what === 'hours' ? limitSeconds : open, etag]];
  });
  const text = JSON.stringify(before);
  return before.length === 0 || JSON.stringify(text).length > longestUndo ? null : text;
}

/** The patches that such a form stands for; a browser may have made it up, and the API looks at each. */
export function patchesOf(undo: string): Patch[] {
  return read(undo)
    .slice(0, mostAtOnce)
    .flatMap((each: unknown): Patch[] => {
      if (!Array.isArray(each)) return [];
      const [id, value, etag] = each as unknown[];
      if (typeof id !== 'string' || typeof etag !== 'string') return [];
      if (typeof value === 'boolean') return [{ id, fields: { open: value }, etag }];
      return typeof value === 'number' ? [{ id, fields: { limitSeconds: value }, etag }] : [];
    });
}

function read(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
