import type { Preview, ReviewActivity } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';
import { answered } from '../../site/faults.ts';

/** What a decision would change for its learner, by year; or that its year is closed. */
export type Effect = Preview['items'] | 'year-closed' | 'unknown';

export async function effectOf(ask: Ask, id: string, review: ReviewActivity): Promise<Effect> {
  const outcome = await answered(
    ask.json<Preview>({
      method: 'POST',
      path: ['activities', id, 'review'],
      query: { preview: true },
      body: review,
    }),
  );
  if (outcome.ok) return outcome.result.items;
  return outcome.refusal.code === 'year-closed' ? 'year-closed' : 'unknown';
}
