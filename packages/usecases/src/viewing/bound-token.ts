import type { LearnerId, SessionId } from '@watchledger/rules';
import { requireAllowed } from '../access/allowed-courseware.ts';
import { ownSession } from './carry.ts';
import type { ViewingContext } from './context.ts';

/**
 * A token bound to courseware serves no session of other courseware (T21).
 * @throws Problem `forbidden`, `session-not-found`
 */
export async function requireServed(
  context: ViewingContext,
  learnerId: LearnerId,
  sessionId: SessionId,
  allowed: ReadonlySet<string>,
): Promise<void> {
  const coursewareId =
    context.standings.coursewareOf(learnerId, sessionId) ??
    (await ownSession(context, learnerId, sessionId)).coursewareId;
  requireAllowed(allowed, coursewareId);
}
