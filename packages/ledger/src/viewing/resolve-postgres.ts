import type { LearnerId, SessionId } from '@watchledger/rules';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { exactInteger } from '../database/exact-integer.ts';
import type { PostgresTransaction } from '../database/transact-postgres.ts';
import { revisions, sessionDays, sessions } from '../schema/postgres.ts';
import { fence } from './fence.ts';
import type { Progress, Recorded, RecordOutcome, StoredSession } from './port.ts';
import { daysThatAreOver, toSession } from './rows.ts';

/**
 * What became of the totals of one session; `sealed`: it is, and must be resolved alone; `held`: another transaction
 * holds it just now.
 */
export type Resolved = Recorded | 'sealed' | 'held';

/**
 * Finds out, within one transaction, what to do with totals that did not simply advance: at midnight, after a
 * sealing, after a forgetful lock. It waits for no row that another transaction holds. Only what a sealed session
 * still gets touches its learner's running one as well, so that is left out unless it is `alone`.
 */
export async function resolveTogether(
  transaction: PostgresTransaction,
  progresses: readonly Progress[],
  { alone }: { readonly alone: boolean },
): Promise<Map<SessionId, Resolved>> {
  const sessionIds = progresses.map(({ sessionId }) => sessionId);
  const stored = await locked(transaction, sessionIds, { skipLocked: true });
  const held = await existing(
    transaction,
    sessionIds.filter((sessionId) => !stored.has(sessionId)),
  );
  const earlier = await earlierDaysMs(transaction, progresses);
  const sharedRevision = await sharedRevisionIn(transaction);
  const resolved = new Map<SessionId, Resolved>();
  const taken: { readonly session: StoredSession; readonly progress: Progress }[] = [];

  for (const progress of progresses) {
    const { sessionId } = progress;
    const session = stored.get(sessionId);
    if (session === undefined) {
      const unknown = { outcome: 'unknown', factsRevision: 0, sharedRevision } as const;
      resolved.set(sessionId, held.has(sessionId) ? 'held' : unknown);
      continue;
    }
    const verdict = fence(session, earlier.get(sessionId) ?? 0, progress);
    const takes = verdict === 'advance' || verdict === 'roll-over';
    if (takes && session.seal !== null && !alone) {
      resolved.set(sessionId, 'sealed');
      continue;
    }
    const outcome: RecordOutcome = takes || verdict === 'repeated' ? 'recorded' : verdict;
    resolved.set(sessionId, { outcome, factsRevision: session.factsRevision, sharedRevision });
    if (takes) taken.push({ session, progress });
  }

  await keepEarlierDays(transaction, taken);
  await overwrite(transaction, taken);
  for (const { session } of taken) if (session.seal !== null) await touch(transaction, session.learnerId);
  return resolved;
}

/** Rows that nobody else changes until the transaction is over. */
export async function locked(
  { orm }: PostgresTransaction,
  sessionIds: readonly SessionId[],
  { skipLocked }: { readonly skipLocked: boolean },
): Promise<Map<SessionId, StoredSession>> {
  const rows = await orm
    .select()
    .from(sessions)
    .where(inArray(sessions.sessionId, [...sessionIds]))
    .for('update', skipLocked ? { skipLocked } : {});
  return new Map(rows.map((row) => [row.sessionId as SessionId, toSession(row)]));
}

async function existing(
  { orm }: PostgresTransaction,
  sessionIds: readonly SessionId[],
): Promise<Set<SessionId>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await orm
    .select({ sessionId: sessions.sessionId })
    .from(sessions)
    .where(inArray(sessions.sessionId, [...sessionIds]));
  return new Set(rows.map(({ sessionId }) => sessionId as SessionId));
}

async function sharedRevisionIn({ orm }: PostgresTransaction): Promise<number> {
  const [row] = await orm.select().from(revisions).where(eq(revisions.name, 'shared'));
  return row?.value ?? 0;
}

/** Of each session, what was accepted on the stored days before the day before its new totals' own. */
async function earlierDaysMs(
  { client }: PostgresTransaction,
  progresses: readonly Progress[],
): Promise<Map<SessionId, number>> {
  const { rows } = await client.query<{ session_id: SessionId; total: string }>(
    `select session_id, sum(session_days.watched_ms) as total
     from session_days join unnest($1::uuid[], $2::bigint[]) as given (session_id, day) using (session_id)
     where session_days.day < given.day - 1 group by session_id`,
    [progresses.map(({ sessionId }) => sessionId), progresses.map(({ day }) => day)],
  );
  return new Map(rows.map(({ session_id, total }) => [session_id, exactInteger(total)]));
}

type Taken = readonly { readonly session: StoredSession; readonly progress: Progress }[];

async function keepEarlierDays({ orm }: PostgresTransaction, taken: Taken): Promise<void> {
  const rows = taken
    .filter(({ session, progress }) => session.day < progress.day)
    .flatMap(({ session, progress }) =>
      daysThatAreOver(session, progress).map((day) => ({ sessionId: session.sessionId, ...day })),
    );
  if (rows.length === 0) return;
  await orm
    .insert(sessionDays)
    .values(rows)
    .onConflictDoUpdate({
      target: [sessionDays.sessionId, sessionDays.day],
      set: { watchedMs: sql`excluded.watched_ms` },
    });
}

async function overwrite({ client }: PostgresTransaction, taken: Taken): Promise<void> {
  if (taken.length === 0) return;
  const column = (of: (each: Taken[number]) => string | number | null) => taken.map(of);
  await client.query(
    `update sessions set
       last_report_at = given.last_report_at, grew_at = given.grew_at, watched_ms = given.watched_ms,
       forfeited_ms = given.forfeited_ms, day = given.day, day_ms = given.day_ms, state = given.state,
       sealed_at = given.sealed_at, sealed_as = given.sealed_as
     from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
       $8::text[], $9::bigint[], $10::text[])
       as given (session_id, last_report_at, grew_at, watched_ms, forfeited_ms, day, day_ms, state, sealed_at,
         sealed_as)
     where sessions.session_id = given.session_id`,
    [
      column(({ progress }) => progress.sessionId),
      column(({ progress }) => progress.lastReportAt),
      column(({ progress }) => progress.grewAt),
      column(({ progress }) => progress.watchedMs),
      column(({ progress }) => progress.forfeitedMs),
      column(({ progress }) => progress.day),
      column(({ progress }) => progress.dayMs),
      column(({ progress }) => progress.state),
      column(({ session, progress }) => (session.seal ?? progress.seal)?.at ?? null),
      column(({ session, progress }) => (session.seal ?? progress.seal)?.as ?? null),
    ],
  );
}

/** Tells the learner's running session that facts outside it have changed. */
async function touch({ orm }: PostgresTransaction, learnerId: LearnerId): Promise<void> {
  await orm
    .update(sessions)
    .set({ factsRevision: sql`${sessions.factsRevision} + 1` })
    .where(and(eq(sessions.learnerId, learnerId), isNull(sessions.sealedAt)));
}
