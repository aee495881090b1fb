import { WatchLedgerError } from '@watchledger/client';
import type { ActivityDetails } from '@watchledger/contract';
import type { Visit } from '../../site/site.tsx';
import type { Chosen } from './chosen.ts';

/** What came of one of several; `why` names a refusal in `texts.review.bulk.refusals`. */
export type BulkOutcome =
  | { readonly activityId: string; readonly done: true }
  | {
      readonly activityId: string;
      readonly done: false;
      readonly why: 'decided' | 'amended' | 'withdrawn' | 'own' | 'year-closed' | 'gone' | 'other';
      /** As it is now; null: it cannot be read. */
      readonly now: ActivityDetails | null;
    };

/** Approves each as it was seen, one after the other; what cannot be approved hinders none of the others. */
export async function approveAll({ ask, who }: Visit, chosen: readonly Chosen[]): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  for (const { activityId, etag } of chosen) {
    const refused = await refusalOf(
      ask.send({
        method: 'POST',
        path: ['activities', activityId, 'review'],
        body: { decision: 'approve' },
        headers: { 'if-match': etag },
      }),
    );
    if (refused === null) {
      outcomes.push({ activityId, done: true });
      continue;
    }
    const now = await ask.json<ActivityDetails>({ path: ['activities', activityId] }).catch(() => null);
    outcomes.push({ activityId, done: false, why: reasonOf(refused, now, who.sub), now });
  }
  return outcomes;
}

async function refusalOf(asked: Promise<unknown>): Promise<WatchLedgerError | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (error instanceof WatchLedgerError && error.status < 500) return error;
    throw error;
  }
}

function reasonOf({ code }: WatchLedgerError, now: ActivityDetails | null, reviewer: string) {
  if (now === null) return 'gone';
  if (now.learnerId === reviewer) return 'own';
  if (now.state === 'withdrawn') return 'withdrawn';
  if (now.decidedBy !== null) return 'decided';
  if (code === 'precondition-failed' || code === 'precondition-required') return 'amended';
  return code === 'year-closed' ? 'year-closed' : 'other';
}
