import { Problem, type Session } from '@watchledger/contract';
import type { PresentationState } from '@watchledger/lock';
import type { LearnerId, SessionId } from '@watchledger/rules';
import type { AllowedCourseware } from '../access/allowed-courseware.ts';
import { unavailable, whileStoresAnswer } from '../stores/unavailable.ts';
import { requireServed } from './bound-token.ts';
import { carry } from './carry.ts';
import type { ViewingContext } from './context.ts';
import { fitsEndToken } from './end-token.ts';
import { keepPlayed, type Playback, placeOf } from './played.ts';
import { sealedView } from './session-view.ts';

/** What a page tells at last. */
export interface LastReport extends Playback {
  /** A last cumulative claim (R2). */
  readonly watchedMs?: number | undefined;
  /** What it presented; absent: what it last reported. */
  readonly state?: PresentationState | undefined;
}

export interface EndSessionInput extends LastReport {
  readonly learnerId: string;
  readonly sessionId: string;
  readonly allowedCourseware: AllowedCourseware;
}

export interface EndSessionByTokenInput extends LastReport {
  readonly sessionId: string;
  readonly endToken: string;
}

/**
 * Ends a session of the learner, from whatever device, and frees the lock at once (R3). Ending again answers
 * the same figures.
 * @throws Problem `session-not-found`, `forbidden`, `unavailable`
 */
export async function endSession(context: ViewingContext, input: EndSessionInput): Promise<Session> {
  const learnerId = input.learnerId as LearnerId;
  const sessionId = input.sessionId as SessionId;
  return whileStoresAnswer(async () => {
    if (input.allowedCourseware !== null) {
      await requireServed(context, learnerId, sessionId, input.allowedCourseware);
    }
    return end(context, learnerId, sessionId, input);
  });
}

/**
 * Ends a session for a page that is going away and sends the secret it was opened with.
 * @throws Problem `session-not-found`, also for a wrong secret; `unavailable`
 */
export async function endSessionByToken(
  context: ViewingContext,
  input: EndSessionByTokenInput,
): Promise<Session> {
  return whileStoresAnswer(async () => {
    const session = await context.viewing.session(input.sessionId as SessionId);
    if (session === null || !fitsEndToken(input.endToken, session.endTokenHash)) {
      throw new Problem('session-not-found', 'There is no session that this secret ends.');
    }
    return end(context, session.learnerId, session.sessionId, input);
  });
}

async function end(
  context: ViewingContext,
  learnerId: LearnerId,
  sessionId: SessionId,
  { watchedMs, state, played, position }: LastReport,
): Promise<Session> {
  const claimMs = watchedMs ?? null;
  const send = () => context.lock.end(learnerId, { sessionId, claimMs });
  const carried = await carry(context, { learnerId, sessionId, claimMs, send });
  if (carried.kind === 'stored') throw unavailable('The session is still open.');
  const { coursewareId, seal } = carried.session;
  // Where another session took its place, the learner is there by now.
  const place = seal?.as === 'ended' ? placeOf(position, state ?? carried.session.state, seal.at) : null;
  const told = played && { learnerId, coursewareId, played, place };
  const coverage = told === undefined ? null : await keepPlayed(context, told);
  return sealedView(context, carried.session, coverage);
}
