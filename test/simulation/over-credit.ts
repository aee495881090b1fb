import { exportedCredits } from '../faults/exported-credits.ts';
import type { Witness } from '../faults/learner.ts';
import type { Deployment } from '../harness/index.ts';

/** Milliseconds credited beyond min(what was really watched, the courseware's limit), of all learners together. */
export async function auditOverCredit(
  deployment: Deployment,
  learners: readonly Witness[],
  limitSeconds: number,
): Promise<number> {
  const credits = await exportedCredits(deployment);
  return learners.reduce((whole, { id, viewings }) => {
    const watchedMs = viewings.reduce(
      (sum, viewing) => sum + viewing.lastAnswerAt - viewing.openSentAt - viewing.pausedMs,
      0,
    );
    const due = Math.min(watchedMs, 1_000 * limitSeconds);
    return whole + Math.max(0, 1_000 * (credits.get(id)?.online.creditedSeconds ?? 0) - due);
  }, 0);
}
