import { Problem, type Session } from '@watchledger/contract';
import { isActive } from '@watchledger/lock';
import type { LearnerId } from '@watchledger/rules';
import type { AllowedCourseware } from '../access/allowed-courseware.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ViewingContext } from './context.ts';
import { toKnown } from './known-session.ts';
import { openedView } from './session-view.ts';

export interface CurrentSessionInput {
  readonly learnerId: string;
  readonly allowedCourseware: AllowedCourseware;
}

/**
 * The learner's active session, as the ledger has it.
 * @throws Problem `no-active-session`, also when this token does not serve its courseware; `unavailable`
 */
export async function currentSession(
  context: ViewingContext,
  { learnerId, allowedCourseware }: CurrentSessionInput,
): Promise<Session> {
  return whileStoresAnswer(async () => {
    await context.policyInForce.demand();
    const [session, now] = await Promise.all([
      context.viewing.latestSession(learnerId as LearnerId),
      context.lock.now(learnerId as LearnerId),
    ]);
    const served = session !== null && (allowedCourseware?.has(session.coursewareId) ?? true);
    if (session === null || !served || !isActive(toKnown(session), now, context.terms)) {
      throw new Problem('no-active-session', 'Nothing is being watched.');
    }
    const { factsRevision } = session;
    return openedView(context, session.learnerId, toKnown(session), { factsRevision, now });
  });
}
