import type { Instant } from '@watchledger/rules';
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Commit } from '../database/group-commit.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import {
  answeringPostgres,
  type PostgresTransaction,
  transactPostgres,
} from '../database/transact-postgres.ts';
import { learners, sessions } from '../schema/postgres.ts';
import type { Opening, Progress, ViewingLedger } from './port.ts';
import { createProgressWriter } from './progress-writer.ts';
import { locked, resolveTogether } from './resolve-postgres.ts';
import { toSession } from './rows.ts';
import { storeProgress } from './store-postgres.ts';

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
  const newest = orm
    .select({ lastReportAt: sessions.lastReportAt })
    .from(sessions)
    .orderBy(desc(sessions.sessionId))
    .limit(1)
    .prepare('newest_report');
  const writer = createProgressWriter(
    (progresses) => storeProgress(options.heartbeats ?? database, progresses),
    options,
  );

  return {
    latestSession: (learnerId) =>
      answeringPostgres(async () => {
        const [row] = await latest.execute({ learnerId });
        return row === undefined ? null : toSession(row);
      }),

    session: (sessionId) =>
      answeringPostgres(async () => {
        const [row] = await sessionById.execute({ sessionId });
        return row === undefined ? null : toSession(row);
      }),

    newestReportAt: () =>
      answeringPostgres(async () => ((await newest.execute())[0]?.lastReportAt ?? null) as Instant | null),

    open: (opening) => transactPostgres(database, (transaction) => insert(transaction, opening)),

    record: (progress) => writer.record(progress),

    settleLate: (sessionId, settle) =>
      transactPostgres(database, async (transaction) => {
        const session = (await locked(transaction, [sessionId])).get(sessionId) ?? null;
        if (session === null || session.seal === null) return session;
        const settled = settle(session);
        if (settled === null) return session;
        const { lastReportAt: baseAt, state } = session;
        const progress: Progress = { ...settled, sessionId, baseAt, state, seal: null };
        await resolveTogether(transaction, [progress], { alone: true });
        return (await locked(transaction, [sessionId])).get(sessionId) ?? null;
      }),

    idle: () => writer.idle(),
  };
}

/** Seals the session before and inserts the new one; openings of one learner go one after the other. */
async function insert(transaction: PostgresTransaction, opening: Opening): Promise<'opened' | 'overtaken'> {
  const { orm } = transaction;
  const { learnerId, sessionId, coursewareId, clientId, endTokenHash, openedAt, day } = opening;
  await orm.insert(learners).values({ learnerId, firstSeenAt: openedAt }).onConflictDoNothing();
  await orm
    .select({ learnerId: learners.learnerId })
    .from(learners)
    .where(eq(learners.learnerId, learnerId))
    .for('update');
  // A heartbeat of the session before may be just being stored: from here on it is, or comes after the sealing.
  const [unsealed] = await orm.select().from(sessions).where(unsealedOf(learnerId)).for('update');
  const [same] = await orm.select().from(sessions).where(eq(sessions.sessionId, sessionId));
  if (same !== undefined) return 'opened';
  const [later] = await orm
    .select({ sessionId: sessions.sessionId })
    .from(sessions)
    .where(
      and(
        eq(sessions.learnerId, learnerId),
        or(
          gt(sessions.sealedAt, openedAt),
          and(isNull(sessions.sealedAt), gt(sessions.lastReportAt, openedAt)),
        ),
      ),
    )
    .limit(1);
  if (later !== undefined) return 'overtaken';
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

const unsealedOf = (learnerId: string) => and(eq(sessions.learnerId, learnerId), isNull(sessions.sealedAt));
