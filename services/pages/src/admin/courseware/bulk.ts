import { WatchLedgerError } from '@watchledger/client';
import type { Courseware, PatchCourseware, Preview } from '@watchledger/contract';
import { hoursTyped } from '../../format/hours-typed.ts';
import type { Ask } from '../../site/ask.ts';
import type { Form } from '../../site/form.ts';

/** What is to become of several courseware. */
export type BulkChange =
  | { readonly what: 'hours'; readonly limitSeconds: number }
  | { readonly what: 'open' | 'close' };

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
  readonly etag?: string | undefined;
}

export interface Patched {
  readonly done: readonly Patch[];
  /** Changed by somebody else meanwhile, or deleted. */
  readonly left: readonly Patch[];
}

/** One after the other; what was changed by others meanwhile is left as it is. */
export async function patchAll(ask: Ask, patches: readonly Patch[]): Promise<Patched> {
  const done: Patch[] = [];
  const left: Patch[] = [];
  for (const patch of patches) ((await isPatched(ask, patch)) ? done : left).push(patch);
  return { done, left };
}

async function isPatched(ask: Ask, { id, fields, etag }: Patch): Promise<boolean> {
  try {
    const headers = etag === undefined ? {} : { 'if-match': etag };
    await ask.json({ method: 'PATCH', path: ['courseware', id], body: fields, headers });
    return true;
  } catch (error) {
    if (error instanceof WatchLedgerError && [404, 412].includes(error.status)) return false;
    throw error;
  }
}

export const fieldsOf = (change: BulkChange): PatchCourseware =>
  change.what === 'hours' ? { limitSeconds: change.limitSeconds } : { open: change.what === 'open' };

/** Notices travel in cookies: what would not fit in one is not taken back at once. */
const longestUndo = 1_500;

/** How the chosen ones were before, for a form that sets them back; null where that is too much for a notice. */
export function undoOf(chosen: readonly ChosenCourseware[], change: BulkChange): string | null {
  const before = chosen.map(({ courseware: { coursewareId, limitSeconds, open } }) => [
    coursewareId,
    change.what === 'hours' ? limitSeconds : open,
  ]);
  const text = JSON.stringify(before);
  return text.length > longestUndo ? null : text;
}

/** The patches that such a form stands for; a browser may have made it up, and the API looks at each. */
export function patchesOf(undo: string): Patch[] {
  const before = read(undo);
  return before.flatMap((each: unknown): Patch[] => {
    if (!Array.isArray(each) || typeof each[0] !== 'string') return [];
    const [id, value] = each as [string, unknown];
    if (typeof value === 'boolean') return [{ id, fields: { open: value } }];
    return typeof value === 'number' ? [{ id, fields: { limitSeconds: value } }] : [];
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
