/** Where a declaration stands (R10). */
export type ActivityState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn';

/** What may happen to it: the first three by its learner, the others by a reviewer. */
export type ActivityMove = 'amend' | 'submit' | 'withdraw' | 'approve' | 'reject';

/** What becomes of it; a move that is not there is refused. */
export const activityMoves: Readonly<Record<ActivityState, Partial<Record<ActivityMove, ActivityState>>>> = {
  draft: { amend: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: {
    amend: 'submitted',
    submit: 'submitted',
    withdraw: 'withdrawn',
    approve: 'approved',
    reject: 'rejected',
  },
  // Deciding again is a correction.
  approved: { approve: 'approved', reject: 'rejected' },
  rejected: { approve: 'approved', reject: 'rejected' },
  withdrawn: {},
};
