import type { CreditsPage } from '@watchledger/contract';
import Database from 'better-sqlite3';
import { api, type TestService } from '../harness/index.ts';
import type { Viewing, Witness } from './learner.ts';

/** What does not fit between what learners were told and what is stored. All zero and empty: all is well. */
export interface Audit {
  /** Acknowledged and not stored. */
  readonly lostMs: number;
  /** Stored beyond the time that sessions were really open, twice for one moment, or on no day. */
  readonly doubledMs: number;
  /** Honestly claimed, acknowledged, and yet not accepted, beyond what R2 may forfeit. */
  readonly honestLossMs: number;
  /** Rules broken, in words. */
  readonly broken: readonly string[];
}

export const clean: Audit = { lostMs: 0, doubledMs: 0, honestLossMs: 0, broken: [] };

/** The slack of R2: network jitter that is not made good. */
const slackMs = 2_000;

interface StoredSession {
  readonly sessionId: string;
  readonly learnerId: string;
  readonly openedAt: number;
  readonly lastReportAt: number;
  readonly sealedAt: number | null;
  readonly watchedMs: number;
  readonly daysMs: number;
}

/** Compares the learners' knowledge with the database file; it may be of a process that was killed. */
export function auditDatabase(file: string, learners: readonly Witness[]): Audit {
  const stored = Map.groupBy(sessionsIn(file), ({ learnerId }) => learnerId);
  const known = new Set(learners.map(({ id }) => id));
  const strangers = [...stored.keys()].filter((id) => !known.has(id));
  return sum([
    ...learners.map((learner) => auditLearner(learner, stored.get(learner.id) ?? [])),
    ...strangers.map((id) => ({ ...clean, broken: [`${id} is stored and nobody knows them`] })),
  ]);
}

/** Compares the learners' knowledge with what a back end reads; the service must be running. */
export async function auditCredits(service: TestService, learners: readonly Witness[]): Promise<Audit> {
  const acknowledgedMs = new Map(
    learners.map(({ id, viewings }) => [id, total(viewings.map((viewing) => viewing.acknowledgedMs))]),
  );
  const reader = api(service.url, service.token({ sub: 'lms', scope: 'credits:read' }));
  const query = learners.map(({ id }) => `learnerId=${id}`).join('&');
  const { status, body } = await reader.get<CreditsPage>(`/v1/credits?limit=200&${query}`);
  if (status !== 200) return { ...clean, broken: [`credits were answered ${status}`] };
  const watchedSeconds = new Map(body.items.map((row) => [row.learnerId, row.online.watchedSeconds]));
  return sum(
    learners.map(({ id, viewings }) => {
      const shown = watchedSeconds.get(id) ?? 0;
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
    honestLossMs: total(audits.map(({ honestLossMs }) => honestLossMs)),
    broken: audits.flatMap(({ broken }) => broken),
  };
}

function auditLearner({ id, viewings, refusals }: Witness, stored: readonly StoredSession[]): Audit {
  const watched = new Map(stored.map(({ sessionId, watchedMs }) => [sessionId, watchedMs]));
  const open = new Map(viewings.map((viewing) => [viewing.sessionId, openMs(viewing)]));
  const missing = (viewing: Viewing, promised: number) =>
    atLeastZero(promised - (watched.get(viewing.sessionId) ?? 0));
  const unsealed = stored.filter(({ sealedAt }) => sealedAt === null).length;
  return {
    lostMs: total(viewings.map((viewing) => missing(viewing, viewing.acknowledgedMs))),
    // A session that its learner never heard of was open for nobody.
    doubledMs:
      total(stored.map(({ sessionId, watchedMs }) => atLeastZero(watchedMs - (open.get(sessionId) ?? 0)))) +
      total(stored.map(({ watchedMs, daysMs }) => Math.abs(watchedMs - daysMs))) +
      overlapMs(stored),
    honestLossMs: total(viewings.map((viewing) => missing(viewing, viewing.acknowledgedClaimMs - slackMs))),
    broken: [
      ...refusals,
      ...(unsealed > 1 ? [`${id} has ${unsealed} unsealed sessions`] : []),
      ...viewings
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

/** How long the learner really had the session open, up to the last moment that could have been stored. */
function openMs({ openSentAt, lastAnswerAt, asking }: Viewing): number {
  return (asking ? performance.now() : lastAnswerAt) - openSentAt;
}

function sessionsIn(file: string): StoredSession[] {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare<[], StoredSession>(
        `select session_id as sessionId, learner_id as learnerId, opened_at as openedAt,
           last_report_at as lastReportAt, sealed_at as sealedAt, sessions.watched_ms as watchedMs,
           day_ms + coalesce((select sum(d.watched_ms) from session_days d
             where d.session_id = sessions.session_id), 0) as daysMs
         from sessions order by learner_id, opened_at, sealed_at is null, sealed_at`,
      )
      .all();
  } finally {
    database.close();
  }
}

function total(figures: readonly number[]): number {
  return figures.reduce((whole, figure) => whole + figure, 0);
}

function atLeastZero(figure: number): number {
  return Math.max(0, figure);
}
