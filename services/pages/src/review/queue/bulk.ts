import { WatchLedgerError } from '@watchledger/client';
import type { ActivityDetails } from '@watchledger/contract';
import type { Visit } from '../../site/site.tsx';
import { isDecidedSo } from '../activity/decided-so.ts';
import type { Chosen } from './chosen.ts';

/** Why one was not approved: a name in `texts.review.bulk.refusals`. */
type Why =
  | 'decided'
  | 'amended'
  | 'withdrawn'
  | 'own'
  | 'year-closed'
  | 'gone'
  | 'other'
  /** The service did not answer, so it may be approved or not. */
  | 'unanswered'
  /** Nothing was tried any more once the service did not answer. */
  | 'untried';

/** What came of one of several. */
export type BulkOutcome =
  | { readonly activityId: string; readonly done: true }
  | {
      readonly activityId: string;
      readonly done: false;
      readonly why: Why;
      /** As it is now; null: it cannot be read. */
      readonly now: ActivityDetails | null;
    };

/**
 * Approves each as it was seen, one after the other; what cannot be approved hinders none of the others. Once the
 * service does not answer, the rest is left as it is.
 */
export async function approveAll(
  visit: Pick<Visit, 'ask' | 'who'>,
  chosen: readonly Chosen[],
): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  let answers = true;
  for (const one of chosen) {
    const { activityId } = one;
    const outcome = answers
      ? await approve(visit, one)
      : ({ activityId, done: false, why: 'untried', now: null } as const);
    if (!outcome.done && outcome.why === 'unanswered') answers = false;
    outcomes.push(outcome);
  }
  return outcomes;
}

const review = { decision: 'approve' } as const;

async function approve({ ask, who }: Pick<Visit, 'ask' | 'who'>, one: Chosen): Promise<BulkOutcome> {
  const { activityId, etag } = one;
  const refused = await refusalOf(
    ask.send({
      method: 'POST',
      path: ['activities', activityId, 'review'],
      body: review,
      headers: { 'if-match': etag },
    }),
  );
  if (refused === null) return { activityId, done: true };
  const now = await ask.json<ActivityDetails>({ path: ['activities', activityId] }).catch(() => null);
  // Sent twice in haste, or answered too late: it is approved all the same.
  if (now !== null && isDecidedSo(now, who.sub, review)) return { activityId, done: true };
  return { activityId, done: false, why: reasonOf(refused, now, who.sub), now };
}

async function refusalOf(asked: Promise<unknown>): Promise<WatchLedgerError | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (error instanceof WatchLedgerError) return error;
    throw error;
  }
}

function reasonOf({ status, code }: WatchLedgerError, now: ActivityDetails | null, reviewer: string): Why {
  if (status >= 500) return 'unanswered';
  if (now === null) return 'gone';
  if (now.learnerId === reviewer) return 'own';
  if (now.state === 'withdrawn') return 'withdrawn';
  if (now.decidedBy !== null) return 'decided';
  if (code === 'precondition-failed' || code === 'precondition-required') return 'amended';
  return code === 'year-closed' ? 'year-closed' : 'other';
}
