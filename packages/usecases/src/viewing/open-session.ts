import { Problem, type Session } from '@watchledger/contract';
import type { OpenReply } from '@watchledger/lock';
import type { CoursewareId, LearnerId, SessionId } from '@watchledger/rules';
import { v7 as uuidv7 } from 'uuid';
import type { AllowedCourseware } from '../access/allowed-courseware.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { unavailable, whileStoresAnswer } from '../stores/unavailable.ts';
import type { ViewingContext } from './context.ts';
import { createEndToken } from './end-token.ts';
import { toKnownOrNull } from './known-session.ts';
import { openedView } from './session-view.ts';

export interface OpenSessionInput {
  readonly learnerId: string;
  readonly coursewareId: string;
  readonly clientId?: string | undefined;
  readonly takeOver?: boolean | undefined;
  readonly allowedCourseware: AllowedCourseware;
}

const ATTEMPTS = 4;

/**
 * Opens a viewing session, if the learner's lock is free or this client's own (R3), and seals the one before.
 * @throws Problem `forbidden`, `courseware-not-found`, `courseware-closed`, `parallel-viewing`, `unavailable`
 */
export async function openSession(
  context: ViewingContext,
  input: OpenSessionInput,
): Promise<{ session: Session; endToken: string }> {
  if (input.allowedCourseware !== null && !input.allowedCourseware.has(input.coursewareId)) {
    throw new Problem('forbidden', 'This token does not serve that courseware.');
  }
  return whileStoresAnswer(async () => {
    await context.policyInForce.demand();
    const courseware = await context.courseware.get(input.coursewareId as CoursewareId);
    if (courseware === null) {
      throw new Problem('courseware-not-found', `There is no courseware ${input.coursewareId}.`);
    }
    if (!courseware.open) {
      throw new Problem('courseware-closed', `The courseware ${input.coursewareId} is not open for viewing.`);
    }
    return acquire(context, input);
  });
}

async function acquire(context: ViewingContext, input: OpenSessionInput) {
  const { lock, viewing, policy } = context;
  const learnerId = input.learnerId as LearnerId;
  const coursewareId = input.coursewareId as CoursewareId;
  const clientId = input.clientId ?? null;
  const takeOver = input.takeOver === true && policy.parallelViewing === 'take-over';
  const { endToken, endTokenHash } = createEndToken();

  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const sessionId = uuidv7() as SessionId;
    const known = toKnownOrNull(await viewing.latestSession(learnerId));
    const reply = await lock.open(learnerId, { sessionId, coursewareId, clientId, takeOver, known });
    if (reply.kind === 'held') throw await parallelViewing(context, reply, input.allowedCourseware);

    const { openedAt, day } = reply.row;
    const opening = { sessionId, learnerId, coursewareId, clientId, endTokenHash, openedAt, day };
    // The lock must not hold out for a session that nobody will be told of.
    const giveUp = () => lock.end(learnerId, { sessionId, claimMs: null });
    const outcome = await viewing.open(opening).catch(async (error: unknown) => {
      await giveUp().catch(() => {});
      throw error;
    });
    if (outcome === 'opened') return { session: await openedView(context, learnerId, reply.row), endToken };
    await giveUp();
  }
  throw unavailable('This learner is opening too many sessions at once.');
}

async function parallelViewing(
  { courseware, policy }: ViewingContext,
  { row, expiresAt }: Extract<OpenReply, { kind: 'held' }>,
  allowed: AllowedCourseware,
): Promise<Problem> {
  const times = {
    openedAt: rfc3339(row.openedAt),
    lastSeenAt: rfc3339(row.lastReportAt),
    expiresAt: rfc3339(expiresAt),
    canTakeOver: policy.parallelViewing === 'take-over',
  };
  if (allowed !== null && !allowed.has(row.coursewareId)) {
    return new Problem('parallel-viewing', 'Another courseware is open.', { active: times });
  }
  const title = (await courseware.get(row.coursewareId))?.title ?? row.coursewareId;
  return new Problem('parallel-viewing', `"${title}" is open.`, {
    active: { coursewareId: row.coursewareId, title, ...times },
  });
}
