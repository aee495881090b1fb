import type { Instant, SessionId } from '@watchledger/rules';
import { and, desc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Commit } from '../database/group-commit.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import {
  answeringPostgres,
  type PostgresTransaction,
  transactPostgres,
} from '../database/transact-postgres.ts';
import { createTurns } from '../database/turns.ts';
import { learners, sessions, sessionTurns } from '../schema/postgres.ts';
import type { Opening, Progress, StoredSession, ViewingLedger } from './port.ts';
import { createProgressWriter } from './progress-writer.ts';
import { locked, resolveTogether } from './resolve-postgres.ts';
import { toSession, toTurn } from './rows.ts';
import { createPostgresProgressStore } from './store-postgres.ts';

export interface PostgresViewingOptions {
  /** Heartbeats that may wait at once; beyond it they are refused. */
  readonly maxWaiting: number;
  /** Connections for heartbeats alone, so that a rush of openings does not make them wait; absent: the others. */
  readonly heartbeats?: PostgresDatabase;
  /** Told of every commit of heartbeats. */
  readonly onCommit?: (commit: Commit) => void;
}

/** The durable side of viewing in PostgreSQL: one statement for all heartbeats that wait at the same time. */
export function createPostgresViewing(
  database: PostgresDatabase,
  options: PostgresViewingOptions,
): ViewingLedger & { idle(): Promise<void> } {
  const { orm } = database;
  const sessionById = orm
    .select()
    .from(sessions)
    .where(eq(sessions.sessionId, sql.placeholder('sessionId')))
    .prepare('session_by_id');
  const latest = orm
    .select()
    .from(sessions)
    .where(eq(sessions.learnerId, sql.placeholder('learnerId')))
    .orderBy(desc(sessions.openedAt), sql`${sessions.sealedAt} desc nulls first`)
    .limit(1)
    .prepare('latest_session');
  const turns = orm
    .select()
    .from(sessionTurns)
    .where(eq(sessionTurns.sessionId, sql.placeholder('sessionId')))
    .orderBy(sessionTurns.at)
    .prepare('turns_of_session');
  const newest = orm
    .select({ lastReportAt: sessions.lastReportAt })
    .from(sessions)
    .orderBy(desc(sessions.sessionId))
    .limit(1)
    .prepare('newest_report');
  const writer = createProgressWriter(createPostgresProgressStore(options.heartbeats ?? database), options);

  const inTurn = createTurns();

  function stored(sessionId: SessionId): Promise<StoredSession | null> {
    return answeringPostgres(async () => {
      const [row] = await sessionById.execute({ sessionId });
      return row === undefined ? null : toSession(row);
    });
  }

  return {
    latestSession: (learnerId) =>
      answeringPostgres(async () => {
        const [row] = await latest.execute({ learnerId });
        return row === undefined ? null : toSession(row);
      }),

    session: stored,

    turnsOf: (sessionId) => answeringPostgres(async () => (await turns.execute({ sessionId })).map(toTurn)),

    newestReportAt: () =>
      answeringPostgres(async () => ((await newest.execute())[0]?.lastReportAt ?? null) as Instant | null),

    open: (opening) =>
      inTurn(opening.learnerId, () =>
        transactPostgres(database, (transaction) => insert(transaction, opening)),
      ),

    record: (progress) => writer.record(progress),

    settleLate: (sessionId, settle) =>
      inTurn(sessionId, async () => {
        // Mostly nothing is owed, and then nothing needs to be locked: what a sealed session is owed only shrinks.
        const seen = await stored(sessionId);
        if (seen === null || seen.seal === null || settle(seen) === null) return seen;
        return transactPostgres(database, async (transaction) => {
          const session = (await locked(transaction, [sessionId], { skipLocked: false })).get(sessionId);
          const settled = session === undefined ? null : settle(session);
          if (session === undefined || settled === null) return session ?? null;
          const { lastReportAt: baseAt, state } = session;
          const progress: Progress = { ...settled, sessionId, baseAt, state, seal: null };
          await resolveTogether(transaction, [progress], { alone: true });
          const after = await locked(transaction, [sessionId], { skipLocked: false });
          return after.get(sessionId) ?? null;
        });
      }),

    idle: () => writer.idle(),
  };
}

/** Seals the session before and inserts the new one; openings of one learner go one after the other. */
async function insert(transaction: PostgresTransaction, opening: Opening): Promise<'opened' | 'overtaken'> {
  const { orm } = transaction;
  const { learnerId, sessionId, coursewareId, clientId, endTokenHash, openedAt, day } = opening;
  await lockLearner(transaction, opening);
  // A heartbeat of the session before may be just being stored: from here on it is, or comes after the sealing.
  const [unsealed] = await orm.select().from(sessions).where(unsealedOf(learnerId)).for('update');
  const [found] = await orm
    .select({ same: count(eq(sessions.sessionId, sessionId)), later: count(laterThan(openedAt)) })
    .from(sessions)
    .where(eq(sessions.learnerId, learnerId));
  if (found !== undefined && found.same > 0) return 'opened';
  if (found !== undefined && found.later > 0) return 'overtaken';
  if (unsealed !== undefined)
    await orm
      .update(sessions)
      .set({ sealedAt: openedAt, sealedAs: 'superseded' })
      .where(eq(sessions.sessionId, unsealed.sessionId));
  const nothingYet = { watchedMs: 0, forfeitedMs: 0, dayMs: 0, state: 'playing' };
  const moments = { openedAt, lastReportAt: openedAt, grewAt: openedAt, day };
  await orm
    .insert(sessions)
    .values({ sessionId, learnerId, coursewareId, clientId, endTokenHash, ...moments, ...nothingYet });
  return 'opened';
}

/** Nearly always the learner is known already. */
async function lockLearner({ orm }: PostgresTransaction, { learnerId, openedAt }: Opening): Promise<void> {
  const lock = () =>
    orm
      .select({ learnerId: learners.learnerId })
      .from(learners)
      .where(eq(learners.learnerId, learnerId))
      .for('update');
  if ((await lock()).length > 0) return;
  await orm.insert(learners).values({ learnerId, firstSeenAt: openedAt }).onConflictDoNothing();
  await lock();
}

const count = (condition: SQL | undefined) => sql<number>`count(*) filter (where ${condition})::int`;

/** Anything that was earned, or could still be, after a moment. */
const laterThan = (moment: Instant) =>
  or(gt(sessions.sealedAt, moment), and(isNull(sessions.sealedAt), gt(sessions.lastReportAt, moment)));

const unsealedOf = (learnerId: string) => and(eq(sessions.learnerId, learnerId), isNull(sessions.sealedAt));
