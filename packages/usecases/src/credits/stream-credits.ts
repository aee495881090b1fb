import type { CreditsRow } from '@watchledger/contract';
import type { CreditsContext } from './context.ts';
import { type CreditsSearch, creditsInChunks } from './many-learners.ts';

/**
 * The credits of all learners sought, in the order of ids. Memory stays flat; a fault of the store is thrown
 * into the stream, so that the reader never takes a part for the whole.
 */
export async function* streamCredits(
  context: CreditsContext,
  search: CreditsSearch,
): AsyncGenerator<CreditsRow, void, void> {
  for await (const { rows } of creditsInChunks(context, search, null)) yield* rows;
}
