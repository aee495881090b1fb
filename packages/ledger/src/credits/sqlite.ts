import type { Calendar, LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering } from '../database/transact.ts';
import { courseware, learners, sessionDays, sessions } from '../schema/sqlite.ts';
import type { CreditsLedger, LearnerFacts } from './port.ts';
import { learnersFacts, viewedSession } from './rows.ts';

/**
 * The facts in SQLite. The calendar is that of the policy in force. `reader` is a read-only connection for
 * exports, so that they never hold up `writer`.
 */
export function createSqliteCredits(
  writer: SqliteDatabase,
  calendar: Pick<Calendar, 'startOf'>,
  reader: SqliteDatabase = writer,
): CreditsLedger {
  const factsOfOne = factReader(writer, calendar);
  const factsOfMany = factReader(reader, calendar);
  const learnersAfter = reader.orm
    .select({ learnerId: learners.learnerId })
    .from(learners)
    .where(gt(learners.learnerId, sql.placeholder('after')))
    .orderBy(asc(learners.learnerId))
    .limit(sql.placeholder('limit'))
    .prepare();

  return {
    learnerFacts: (learnerId) =>
      answering(() => factsOfOne([learnerId])[0] ?? { learnerId, facts: [], courseware: new Map() }),

    factsOf: (learnerIds) => answering(() => factsOfMany(learnerIds)),

    learnerIds: (after, limit) =>
      answering(() =>
        learnersAfter.all({ after: after ?? '', limit }).map((row) => row.learnerId as LearnerId),
      ),

    sessionsOf: (learnerId, { seenSince, openedBefore, after, limit }) =>
      answering(
        reader.client.transaction(() => {
          const rows = reader.orm
            .select({ session: sessions, title: courseware.title, kind: courseware.kind })
            .from(sessions)
            .innerJoin(courseware, eq(courseware.coursewareId, sessions.coursewareId))
            .where(
              and(
                eq(sessions.learnerId, learnerId),
                seenSince === null ? undefined : gte(sessions.lastReportAt, seenSince),
                openedBefore === null ? undefined : lt(sessions.openedAt, openedBefore),
                after === null
                  ? undefined
                  : or(
                      lt(sessions.openedAt, after.openedAt),
                      and(eq(sessions.openedAt, after.openedAt), lt(sessions.sessionId, after.sessionId)),
                    ),
              ),
            )
            .orderBy(desc(sessions.openedAt), desc(sessions.sessionId))
            .limit(limit)
            .all();
          const earlier = reader.orm
            .select()
            .from(sessionDays)
            .where(
              inArray(
                sessionDays.sessionId,
                rows.map(({ session }) => session.sessionId),
              ),
            )
            .orderBy(asc(sessionDays.day))
            .all();
          const earlierOf = Map.groupBy(earlier, ({ sessionId }) => sessionId);
          return rows.map((row) => viewedSession(row, earlierOf.get(row.session.sessionId) ?? []));
        }),
      ),
  };
}

type FactReader = (learnerIds: readonly LearnerId[]) => LearnerFacts[];

/** Reads the facts of some learners at once: a session's latest day is in its row, earlier ones beside it. */
function factReader({ orm, client }: SqliteDatabase, calendar: Pick<Calendar, 'startOf'>): FactReader {
  const ofAsked = sql`${sessions.learnerId} in ${listed('learnerIds')}`;
  const fields = {
    learnerId: sessions.learnerId,
    sessionId: sessions.sessionId,
    coursewareId: sessions.coursewareId,
    openedAt: sessions.openedAt,
    grewAt: sessions.grewAt,
  };
  const latestDays = orm
    .select({ ...fields, day: sessions.day, ms: sessions.dayMs })
    .from(sessions)
    .where(and(ofAsked, gt(sessions.dayMs, 0)))
    .prepare();
  const earlierDays = orm
    .select({ ...fields, day: sessionDays.day, ms: sessionDays.watchedMs })
    .from(sessions)
    .innerJoin(sessionDays, eq(sessionDays.sessionId, sessions.sessionId))
    .where(ofAsked)
    .prepare();
  const terms = orm
    .select({ coursewareId: courseware.coursewareId, title: courseware.title, limitMs: courseware.limitMs })
    .from(courseware)
    .where(sql`${courseware.coursewareId} in ${listed('coursewareIds')}`)
    .prepare();

  // One snapshot: at midnight a day moves from the session's row to beside it, and must not be seen twice.
  const bothDays = client.transaction((asked: { learnerIds: string }) => [
    ...latestDays.all(asked),
    ...earlierDays.all(asked),
  ]);

  return (learnerIds) => {
    const asked = { learnerIds: JSON.stringify(learnerIds) };
    const rows = bothDays(asked);
    const coursewareIds = JSON.stringify([...new Set(rows.map(({ coursewareId }) => coursewareId))]);
    return learnersFacts(learnerIds, rows, terms.all({ coursewareIds }), calendar);
  };
}

/** A list of any length as one parameter, so that the statement stays prepared. */
const listed = (parameter: string): SQL => sql`(select value from json_each(${sql.placeholder(parameter)}))`;
