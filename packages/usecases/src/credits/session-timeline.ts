import { Problem, type SessionTimeline } from '@watchledger/contract';
import { type LearnerFacts, type StoredSession, type StoredTurn, TURN_TOLERANCE } from '@watchledger/ledger';
import {
  type Course,
  type DayCredit,
  foldSortedCredits,
  milliseconds,
  type Presented,
  type SessionId,
  stretchesOf,
  type Turn,
  withoutUncredited,
  yearOf,
} from '@watchledger/rules';
import { type AllowedCourseware, requireAllowed } from '../access/allowed-courseware.ts';
import { isTheirs } from '../access/reviewer.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { CreditsContext } from './context.ts';
import { foldingOf } from './fold-learner.ts';

export interface SessionTimelineInput {
  readonly sessionId: string;
  /** Whose sessions the reader may see; null: anybody's. */
  readonly ownLearnerId: string | null;
  /** The institute whose learners the reader may read; absent or null: everybody. */
  readonly organisationId?: string | null | undefined;
  /** The reader, who sees their own whatever roster they are on. */
  readonly self?: string | undefined;
  readonly allowedCourseware: AllowedCourseware;
}

/**
 * The stretches of one session: those that counted, and why the others did not (R13).
 * @throws Problem `session-not-found`, also for somebody else's; `forbidden`, `unavailable`
 */
export async function sessionTimeline(
  context: CreditsContext,
  { sessionId, ownLearnerId, organisationId = null, self, allowedCourseware }: SessionTimelineInput,
): Promise<SessionTimeline> {
  const { viewing, credits, policy, policyInForce } = context;
  await policyInForce.demand();
  return whileStoresAnswer(async () => {
    const id = sessionId as SessionId;
    const session = await viewing.session(id);
    if (session === null || (ownLearnerId !== null && session.learnerId !== ownLearnerId)) {
      throw notYours();
    }
    if (session.learnerId !== self && !(await isTheirs(context, organisationId, session.learnerId)))
      throw notYours();
    requireAllowed(allowedCourseware, session.coursewareId);
    const [turns, known] = await Promise.all([viewing.turnsOf(id), credits.learnerFacts(session.learnerId)]);
    const days = daysOf(context, known, id);
    const terms = { tolerance: TURN_TOLERANCE, heartbeat: policy.heartbeat };
    const stretches = withoutUncredited(stretchesOf(courseOf(session, turns), terms), days);
    return {
      sessionId,
      learnerId: session.learnerId,
      coursewareId: session.coursewareId,
      title: known.courseware.get(session.coursewareId)?.title ?? session.coursewareId,
      openedAt: rfc3339(session.openedAt),
      lastSeenAt: rfc3339(session.lastReportAt),
      sealedAt: session.seal === null ? null : rfc3339(session.seal.at),
      watchedMs: session.watchedMs,
      creditedMs: days.reduce((sum, { creditedMs }) => sum + creditedMs, 0),
      stretches: stretches.map(({ from, to, watchedMs, reason }) => ({
        from: rfc3339(from),
        to: rfc3339(to),
        watchedMs,
        counted: reason === null,
        reason,
      })),
    };
  });
}

/** What is stored may be newer than the turns that were read after it: later ones are left to the next reading. */
function courseOf(session: StoredSession, turns: readonly StoredTurn[]): Course {
  const { openedAt, lastReportAt, watchedMs, state, seal } = session;
  return {
    openedAt,
    lastReportAt,
    watchedMs,
    state: state as Presented,
    sealedAt: seal?.at ?? null,
    turns: turns
      .filter(({ at }) => at <= lastReportAt)
      .map(
        ({ since, at, stateBefore, stateAfter, ...watched }): Turn => ({
          ...watched,
          from: since,
          to: at,
          stateBefore: stateBefore as Presented,
          stateAfter: stateAfter as Presented,
        }),
      ),
  };
}

const notYours = (): Problem =>
  new Problem('session-not-found', 'There is no session of yours with this id.');

/** What the fold made of the days of one session (R7), ascending. */
function daysOf(
  credits: Pick<CreditsContext, 'policy'>,
  known: LearnerFacts,
  sessionId: SessionId,
): DayCredit[] {
  const { facts } = known;
  const context = foldingOf(credits, known);
  const { creditedMs } = foldSortedCredits(facts, context);
  return facts.flatMap((fact, nth) => {
    if (fact.kind !== 'watched' || fact.id !== sessionId) return [];
    const credited = creditedMs[nth] ?? milliseconds(0);
    const earlier = facts.reduce((sum, each, other) => {
      const alike = each.kind === 'watched' && each.coursewareId === fact.coursewareId;
      const inScope =
        context.policy.coursewareLimitScope === 'lifetime' || yearOf(each.day) === yearOf(fact.day);
      return other < nth && alike && inScope ? sum + (creditedMs[other] ?? 0) : sum;
    }, 0);
    const limitReached = earlier + credited >= context.limitOf(fact.coursewareId);
    const isClosed = known.closedYears.some(({ year }) => year === yearOf(fact.day));
    const reached = limitReached ? 'courseware-limit-reached' : 'online-cap-reached';
    const reason = isClosed ? 'year-closed' : reached;
    return [
      { watchedMs: fact.ms, creditedMs: credited, reason: credited < fact.ms ? reason : null } as DayCredit,
    ];
  });
}
