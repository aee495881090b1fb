import type { Instant, SessionId } from '@watchledger/rules';
import { and, desc, eq, gt, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { GroupCommit } from '../database/group-commit.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering } from '../database/transact.ts';
import { learners, revisions, sessionDays, sessions, sessionTurns } from '../schema/sqlite.ts';
import { contains } from './contains.ts';
import { fence } from './fence.ts';
import type { Opening, Progress, Recorded, StoredSession, ViewingLedger } from './port.ts';
import { daysThatAreOver, toSession, toTurn } from './rows.ts';

/** Totals that wait for the next commit; later ones of the session join them. */
interface Waiting {
  progress: Progress;
  recorded?: Promise<Recorded>;
}

/** The durable side of viewing on SQLite: one guarded statement a heartbeat, many heartbeats a commit. */
export function createSqliteViewing({ orm }: SqliteDatabase, commits: GroupCommit): ViewingLedger {
  const statements = prepareStatements(orm);
  const waiting = new Map<SessionId, Waiting>();
  let shared = { batch: -1, revision: 0 };

  /** Read once a transaction: every report in it is answered from the same state. */
  function sharedRevision(): number {
    if (shared.batch !== commits.batch) {
      shared = { batch: commits.batch, revision: statements.sharedRevision.get()?.value ?? 0 };
    }
    return shared.revision;
  }

  function stored(sessionId: SessionId): StoredSession | null {
    const row = statements.session.get({ sessionId });
    return row === undefined ? null : toSession(row);
  }

  function advance(progress: Progress): Recorded {
    const statement = progress.seal === null ? statements.advance : statements.seal;
    const updated = statement.get(parameters(progress));
    if (updated !== undefined) return recorded('recorded', updated.factsRevision);
    return resolve(progress);
  }

  /** The guarded statement changed nothing: find out why, still within the same transaction. */
  function resolve(progress: Progress): Recorded {
    const session = stored(progress.sessionId);
    if (session === null) return recorded('unknown', 0);
    const verdict = fence(session, earlierDaysMs(progress), progress);
    if (verdict === 'repeated') return recorded('recorded', session.factsRevision);
    if (verdict === 'sealed' || verdict === 'diverged') return recorded(verdict, session.factsRevision);
    if (verdict === 'roll-over') {
      const { sessionId } = session;
      for (const day of daysThatAreOver(session, progress)) statements.keepDay.run({ sessionId, ...day });
    }
    const { at, as } = session.seal ?? progress.seal ?? { at: null, as: null };
    statements.overwrite.run({ ...parameters(progress), sealedAt: at, sealedAs: as });
    if (session.seal !== null) statements.touchUnsealed.run({ learnerId: session.learnerId });
    return recorded('recorded', session.factsRevision);
  }

  function earlierDaysMs({ sessionId, day }: Progress): number {
    return statements.earlierDays.get({ sessionId, day: day - 1 })?.total ?? 0;
  }

  function recorded(outcome: Recorded['outcome'], factsRevision: number): Recorded {
    return { outcome, factsRevision, sharedRevision: sharedRevision() };
  }

  function insert(opening: Opening): 'opened' | 'overtaken' {
    const { learnerId, sessionId, openedAt } = opening;
    if (statements.session.get({ sessionId }) !== undefined) return 'opened';
    if (statements.laterThan.get({ learnerId, moment: openedAt }) !== undefined) return 'overtaken';
    statements.seeLearner.run({ learnerId, openedAt });
    statements.supersede.run({ learnerId, openedAt });
    statements.insert.run({ ...opening });
    return 'opened';
  }

  return {
    latestSession: (learnerId) =>
      answering(() => {
        const row = statements.latest.get({ learnerId });
        return row === undefined ? null : toSession(row);
      }),

    session: (sessionId) => answering(() => stored(sessionId)),

    turnsOf: (sessionId) => answering(() => statements.turns.all({ sessionId }).map(toTurn)),

    newestReportAt: () => answering(() => (statements.newest.get()?.lastReportAt ?? null) as Instant | null),

    open: (opening) => commits.commit(opening.learnerId, () => insert(opening), { savepoint: true }),

    record: (progress) => {
      const before = waiting.get(progress.sessionId);
      if (before?.recorded && contains(progress, before.progress)) {
        before.progress = progress;
        return before.recorded;
      }
      const entry: Waiting = { progress };
      waiting.set(progress.sessionId, entry);
      const leave = () => {
        if (waiting.get(progress.sessionId) === entry) waiting.delete(progress.sessionId);
      };
      const recorded = commits.commit(progress.sessionId, () => {
        leave();
        return advance(entry.progress);
      });
      entry.recorded = recorded;
      recorded.catch(leave);
      return recorded;
    },

    settleLate: (sessionId, settle) =>
      commits.commit(
        sessionId,
        () => {
          const session = stored(sessionId);
          if (session === null || session.seal === null) return session;
          const settled = settle(session);
          if (settled === null) return session;
          const { lastReportAt: baseAt, state } = session;
          resolve({ ...settled, sessionId, baseAt, state, seal: null });
          return stored(sessionId);
        },
        { savepoint: true },
      ),
  };
}

function parameters(progress: Progress) {
  return {
    sessionId: progress.sessionId,
    baseAt: progress.baseAt,
    lastReportAt: progress.lastReportAt,
    grewAt: progress.grewAt,
    watchedMs: progress.watchedMs,
    forfeitedMs: progress.forfeitedMs,
    day: progress.day,
    dayMs: progress.dayMs,
    state: progress.state,
    sealedAt: progress.seal?.at ?? null,
    sealedAs: progress.seal?.as ?? null,
  };
}

function prepareStatements(orm: SqliteDatabase['orm']) {
  const given = (name: string): SQL => sql`${sql.placeholder(name)}`;
  const totals = {
    lastReportAt: given('lastReportAt'),
    grewAt: given('grewAt'),
    watchedMs: given('watchedMs'),
    forfeitedMs: given('forfeitedMs'),
    day: given('day'),
    dayMs: given('dayMs'),
    state: given('state'),
  };
  const sealing = { sealedAt: given('sealedAt'), sealedAs: given('sealedAs') };
  const itself = eq(sessions.sessionId, given('sessionId'));
  /** fence()'s `advance`, for a session that is not sealed. */
  const continues = and(
    itself,
    isNull(sessions.sealedAt),
    eq(sessions.day, given('day')),
    lte(sessions.lastReportAt, given('baseAt')),
    lte(sessions.watchedMs, given('watchedMs')),
    sql`${sessions.watchedMs} - ${sessions.dayMs} = ${given('watchedMs')} - ${given('dayMs')}`,
  );
  const unsealedOf = and(eq(sessions.learnerId, given('learnerId')), isNull(sessions.sealedAt));
  const factsRevision = { factsRevision: sessions.factsRevision };

  return {
    advance: orm.update(sessions).set(totals).where(continues).returning(factsRevision).prepare(),
    seal: orm
      .update(sessions)
      .set({ ...totals, ...sealing })
      .where(continues)
      .returning(factsRevision)
      .prepare(),
    overwrite: orm
      .update(sessions)
      .set({ ...totals, ...sealing })
      .where(itself)
      .prepare(),
    session: orm.select().from(sessions).where(itself).prepare(),
    latest: orm
      .select()
      .from(sessions)
      .where(eq(sessions.learnerId, given('learnerId')))
      .orderBy(desc(sessions.openedAt), sql`${sessions.sealedAt} desc nulls first`)
      .limit(1)
      .prepare(),
    turns: orm
      .select()
      .from(sessionTurns)
      .where(eq(sessionTurns.sessionId, given('sessionId')))
      .orderBy(sessionTurns.at)
      .prepare(),
    /** By the primary key: an index on the reports would have to move with every heartbeat. */
    newest: orm
      .select({ lastReportAt: sessions.lastReportAt })
      .from(sessions)
      .orderBy(desc(sessions.sessionId))
      .limit(1)
      .prepare(),
    /** Anything of the learner that was earned, or could still be, after a moment. */
    laterThan: orm
      .select({ sessionId: sessions.sessionId })
      .from(sessions)
      .where(
        and(
          eq(sessions.learnerId, given('learnerId')),
          or(
            gt(sessions.sealedAt, given('moment')),
            and(isNull(sessions.sealedAt), gt(sessions.lastReportAt, given('moment'))),
          ),
        ),
      )
      .limit(1)
      .prepare(),
    seeLearner: orm
      .insert(learners)
      .values({ learnerId: given('learnerId'), firstSeenAt: given('openedAt') })
      .onConflictDoNothing()
      .prepare(),
    supersede: orm
      .update(sessions)
      .set({ sealedAt: given('openedAt'), sealedAs: 'superseded' })
      .where(unsealedOf)
      .prepare(),
    insert: orm
      .insert(sessions)
      .values({
        sessionId: given('sessionId'),
        learnerId: given('learnerId'),
        coursewareId: given('coursewareId'),
        clientId: given('clientId'),
        endTokenHash: given('endTokenHash'),
        openedAt: given('openedAt'),
        lastReportAt: given('openedAt'),
        grewAt: given('openedAt'),
        watchedMs: 0,
        forfeitedMs: 0,
        day: given('day'),
        dayMs: 0,
        state: 'playing',
      })
      .prepare(),
    touchUnsealed: orm
      .update(sessions)
      .set({ factsRevision: sql`${sessions.factsRevision} + 1` })
      .where(unsealedOf)
      .prepare(),
    earlierDays: orm
      .select({ total: sql<number | null>`sum(${sessionDays.watchedMs})` })
      .from(sessionDays)
      .where(and(eq(sessionDays.sessionId, given('sessionId')), lt(sessionDays.day, given('day'))))
      .prepare(),
    keepDay: orm
      .insert(sessionDays)
      .values({ sessionId: given('sessionId'), day: given('day'), watchedMs: given('watchedMs') })
      .onConflictDoUpdate({
        target: [sessionDays.sessionId, sessionDays.day],
        set: { watchedMs: sql`excluded.watched_ms` },
      })
      .prepare(),
    sharedRevision: orm
      .select({ value: revisions.value })
      .from(revisions)
      .where(eq(revisions.name, 'shared'))
      .prepare(),
  };
}
