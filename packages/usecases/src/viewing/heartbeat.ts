import { Problem, type Session } from '@watchledger/contract';
import type { PresentationState } from '@watchledger/lock';
import type { LearnerId, SessionId } from '@watchledger/rules';
import type { AllowedCourseware } from '../access/allowed-courseware.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import { requireServed } from './bound-token.ts';
import { type Carried, carry } from './carry.ts';
import type { ViewingContext } from './context.ts';
import { keepPlayed, type Playback, placeOf } from './played.ts';
import { sealedView, storedView } from './session-view.ts';

export interface HeartbeatInput extends Playback {
  readonly learnerId: string;
  readonly sessionId: string;
  /** The client's cumulative claim since the session opened (R2). */
  readonly watchedMs: number;
  readonly state: PresentationState;
  readonly rate?: number | undefined;
  readonly allowedCourseware: AllowedCourseware;
}

/**
 * Accepts a heartbeat; when it answers, what was accepted (R2) and what was played are on disk, also when the session
 * is over.
 * @throws Problem `session-not-found`, `session-superseded`, `session-ended` (both with the final figures),
 *   `forbidden`, `unavailable`
 */
export async function heartbeat(context: ViewingContext, input: HeartbeatInput): Promise<Session> {
  const learnerId = input.learnerId as LearnerId;
  const sessionId = input.sessionId as SessionId;
  const { watchedMs: claimMs, state, played } = input;
  const { policyInForce } = context;
  return whileStoresAnswer(async () => {
    if (policyInForce.isOutdated()) await policyInForce.demand();
    if (input.allowedCourseware !== null) {
      await requireServed(context, learnerId, sessionId, input.allowedCourseware);
    }
    const send = () => context.lock.report(learnerId, { sessionId, claimMs, state });
    const carried = await carry(context, { learnerId, sessionId, claimMs, send });
    const told = played && { learnerId, played, ...whereTold(carried, input) };
    const coverage = told === undefined ? null : await keepPlayed(context, told);
    if (carried.kind === 'stored') {
      await policyInForce.demand(carried.sharedRevision);
      return storedView(context, learnerId, carried.row, carried, coverage);
    }

    const session = await sealedView(context, carried.session, coverage);
    throw session.state === 'superseded'
      ? new Problem('session-superseded', 'Another session of this learner took its place.', { session })
      : new Problem('session-ended', 'This session has ended.', { session });
  });
}

/** A page whose session is over tells no place any more: its learner may have gone on elsewhere. */
function whereTold(carried: Carried, { position, state }: HeartbeatInput) {
  if (carried.kind === 'sealed') return { coursewareId: carried.session.coursewareId, place: null };
  const { coursewareId, lastReportAt } = carried.row;
  return { coursewareId, place: placeOf(position, state, lastReportAt) };
}
