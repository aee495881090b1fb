import { Problem, type Session } from '@watchledger/contract';
import type { PresentationState } from '@watchledger/lock';
import type { LearnerId, SessionId } from '@watchledger/rules';
import type { AllowedCourseware } from '../access/allowed-courseware.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import { requireServed } from './bound-token.ts';
import { carry } from './carry.ts';
import type { ViewingContext } from './context.ts';
import { sealedView, storedView } from './session-view.ts';

export interface HeartbeatInput {
  readonly learnerId: string;
  readonly sessionId: string;
  /** The client's cumulative claim since the session opened (R2). */
  readonly watchedMs: number;
  readonly state: PresentationState;
  readonly position?: number | undefined;
  readonly rate?: number | undefined;
  readonly allowedCourseware: AllowedCourseware;
}

/**
 * Accepts a heartbeat; when it answers, what was accepted is on disk (R2).
 * @throws Problem `session-not-found`, `session-superseded`, `session-ended` (both with the final figures),
 *   `forbidden`, `unavailable`
 */
export async function heartbeat(context: ViewingContext, input: HeartbeatInput): Promise<Session> {
  const learnerId = input.learnerId as LearnerId;
  const sessionId = input.sessionId as SessionId;
  const claimMs = input.watchedMs;
  const { policyInForce } = context;
  return whileStoresAnswer(async () => {
    if (policyInForce.isOutdated()) await policyInForce.demand();
    if (input.allowedCourseware !== null) {
      await requireServed(context, learnerId, sessionId, input.allowedCourseware);
    }
    const send = () => context.lock.report(learnerId, { sessionId, claimMs, state: input.state });
    const carried = await carry(context, { learnerId, sessionId, claimMs, send });
    if (carried.kind === 'stored') {
      await policyInForce.demand(carried.sharedRevision);
      return storedView(context, learnerId, carried.row, carried);
    }

    const session = await sealedView(context, carried.session);
    throw session.state === 'superseded'
      ? new Problem('session-superseded', 'Another session of this learner took its place.', { session })
      : new Problem('session-ended', 'This session has ended.', { session });
  });
}
