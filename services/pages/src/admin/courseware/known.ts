import type { Courseware, CoursewareChange } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';

/** One courseware with the version that it is at. */
export const courseware = (ask: Ask, id: string) => ask.tagged<Courseware>({ path: ['courseware', id] });

/** Beyond so many the audit trail tells more. */
const mostShown = 200;

/** How its hours came to be, the newest first. */
export async function changesOf(ask: Ask, id: string): Promise<CoursewareChange[]> {
  const all: CoursewareChange[] = [];
  for await (const change of ask.items<CoursewareChange>({ path: ['courseware', id, 'changes'] })) {
    all.push(change);
  }
  return all.reverse().slice(0, mostShown);
}
