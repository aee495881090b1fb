import type { CreditsPage, CreditsRow } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { cursorOf, isLearnerId } from '../paging/cursor.ts';
import type { CreditsContext } from './context.ts';
import { type CreditsSearch, creditsInChunks } from './many-learners.ts';

export interface PageOfCreditsInput extends CreditsSearch {
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('credits', isLearnerId);

/** Learners looked at for one page, so that a search for the few below the goal ends in bounded time. */
const MOST_LOOKED_AT = 5_000;

/**
 * One page of the credits of many learners, in the order of ids. With `below` it may hold fewer rows than
 * asked for while there is a next page.
 * @throws Problem `invalid-request` for a foreign cursor, `unavailable`
 */
export async function pageOfCredits(
  context: CreditsContext,
  { limit, cursor, ...search }: PageOfCreditsInput,
): Promise<CreditsPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  const items: CreditsRow[] = [];
  let looked = 0;
  for await (const chunk of creditsInChunks(context, search, after as LearnerId | null)) {
    const room = limit - items.length;
    items.push(...chunk.rows.slice(0, room));
    const last = items.at(-1);
    if (chunk.rows.length > room && last !== undefined)
      return { items, nextCursor: cursors.encode([last.learnerId]) };
    looked += chunk.looked;
    if (looked >= MOST_LOOKED_AT) return { items, nextCursor: cursors.encode([chunk.last]) };
  }
  return { items, nextCursor: null };
}
