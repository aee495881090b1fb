import type { Deployment } from '../harness/index.ts';
import { type StoredSession, storedSessions } from '../stores/stored-sessions.ts';
import { exportedCredits } from './exported-credits.ts';
import type { Viewing, Witness } from './learner.ts';

/** What does not fit between what learners were told and what is stored. All zero and empty: all is well. */
export interface Audit {
  /** Acknowledged and not stored. */
  readonly lostMs: number;
  /** Stored beyond the time that sessions were really open, or on no day. */
  readonly doubledMs: number;
  /** Moments that two sessions of one learner share. */
  readonly parallelMs: number;
  /** Honestly claimed, acknowledged, and yet not accepted, beyond what R2 may forfeit. */
  readonly honestLossMs: number;
  /** Rules broken, in words. */
  readonly broken: readonly string[];
}

export const clean: Audit = { lostMs: 0, doubledMs: 0, parallelMs: 0, honestLossMs: 0, broken: [] };

/** The slack of R2: network jitter that is not made good. */
const slackMs = 2_000;

/** Compares the learners' knowledge with the database; the processes that wrote it may have been killed. */
export async function auditDatabase(databaseUrl: string, learners: readonly Witness[]): Promise<Audit> {
  // Whoever goes on watching is told more while the database is read: only what was told before must be there.
  const told = new Map(learners.map(({ id, viewings }) => [id, viewings.map((viewing) => ({ ...viewing }))]));
  const stored = Map.groupBy(await storedSessions(databaseUrl), ({ learnerId }) => learnerId);
  const known = new Set(learners.map(({ id }) => id));
  const strangers = [...stored.keys()].filter((id) => !known.has(id));
  return sum([
    ...learners.map((learner) =>
      auditLearner(learner, told.get(learner.id) ?? [], stored.get(learner.id) ?? []),
    ),
    ...strangers.map((id) => ({ ...clean, broken: [`${id} is stored and nobody knows them`] })),
  ]);
}

/** Compares the learners' knowledge with what a back end reads; the first process must be running. */
export async function auditCredits(deployment: Deployment, learners: readonly Witness[]): Promise<Audit> {
  const acknowledgedMs = new Map(
    learners.map(({ id, viewings }) => [id, total(viewings.map((viewing) => viewing.acknowledgedMs))]),
  );
  const credits = await exportedCredits(deployment);
  return sum(
    learners.map(({ id, viewings }) => {
      const shown = credits.get(id)?.online.watchedSeconds ?? 0;
      const acknowledged = Math.floor((acknowledgedMs.get(id) ?? 0) / 1_000);
      return {
        ...clean,
        lostMs: 1_000 * atLeastZero(acknowledged - shown),
        doubledMs: atLeastZero(1_000 * shown - total(viewings.map(openMs))),
      };
    }),
  );
}

export function sum(audits: readonly Audit[]): Audit {
  return {
    lostMs: total(audits.map(({ lostMs }) => lostMs)),
    doubledMs: total(audits.map(({ doubledMs }) => doubledMs)),
    parallelMs: total(audits.map(({ parallelMs }) => parallelMs)),
    honestLossMs: total(audits.map(({ honestLossMs }) => honestLossMs)),
    broken: audits.flatMap(({ broken }) => broken),
  };
}

function auditLearner(
  { id, viewings, refusals }: Witness,
  told: readonly Viewing[],
  stored: readonly StoredSession[],
): Audit {
  const watched = new Map(stored.map(({ sessionId, watchedMs }) => [sessionId, watchedMs]));
  const open = new Map(viewings.map((viewing) => [viewing.sessionId, openMs(viewing)]));
  const missing = (viewing: Viewing, promised: number) =>
    atLeastZero(promised - (watched.get(viewing.sessionId) ?? 0));
  const unsealed = stored.filter(({ sealedAt }) => sealedAt === null).length;
  return {
    lostMs: total(told.map((viewing) => missing(viewing, viewing.acknowledgedMs))),
    // A session that its learner never heard of was open for nobody.
    doubledMs:
      total(stored.map(({ sessionId, watchedMs }) => atLeastZero(watchedMs - (open.get(sessionId) ?? 0)))) +
      total(stored.map(({ watchedMs, daysMs }) => Math.abs(watchedMs - daysMs))),
    parallelMs: overlapMs(stored),
    honestLossMs: total(told.map((viewing) => missing(viewing, viewing.acknowledgedClaimMs - slackMs))),
    broken: [
      ...refusals,
      ...(unsealed > 1 ? [`${id} has ${unsealed} unsealed sessions`] : []),
      ...told
        .filter(({ sessionId }) => !watched.has(sessionId))
        .map(({ sessionId }) => `${id} was told of session ${sessionId}, which is not stored`),
    ],
  };
}

function overlapMs(sessions: readonly StoredSession[]): number {
  let reachedAt = Number.NEGATIVE_INFINITY;
  let overlap = 0;
  for (const { openedAt, lastReportAt, sealedAt } of sessions) {
    const end = sealedAt ?? lastReportAt;
    overlap += atLeastZero(Math.min(reachedAt, end) - openedAt);
    reachedAt = Math.max(reachedAt, end);
  }
  return overlap;
}

/** How long the learner really watched in the session, up to the last moment that could have been stored. */
function openMs({ openSentAt, lastAnswerAt, asking, pausedMs }: Viewing): number {
  return (asking ? performance.now() : lastAnswerAt) - openSentAt - pausedMs;
}

function total(figures: readonly number[]): number {
  return figures.reduce((whole, figure) => whole + figure, 0);
}

function atLeastZero(figure: number): number {
  return Math.max(0, figure);
}
