import type { Activity, ReviewActivity } from '@watchledger/contract';

/** Whether this is what this reviewer has decided about it. */
export function isDecidedSo(activity: Activity, reviewer: string, review: ReviewActivity): boolean {
  const { state, decidedBy, seconds, grantedSeconds, comment } = activity;
  if (decidedBy !== reviewer || comment !== (review.comment ?? null)) return false;
  return review.decision === 'approve'
    ? state === 'approved' && grantedSeconds === (review.grantedSeconds ?? seconds)
    : state === 'rejected';
}
