import type { Calendar, LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { exactInteger } from '../database/exact-integer.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { answeringPostgres } from '../database/transact-postgres.ts';
import { courseware, learners, sessionDays, sessions } from '../schema/postgres.ts';
import type { CreditsLedger, LearnerFacts } from './port.ts';
import { learnersFacts, viewedSession } from './rows.ts';

/**
 * The facts in PostgreSQL. The calendar is that of the policy in force. `reader` is where exports of many learners
 * are read: a pool of its own, perhaps on a replica, so that they never hold up `writer`.
 */
export function createPostgresCredits(
  writer: PostgresDatabase,
  calendar: Pick<Calendar, 'startOf'>,
  reader: PostgresDatabase = writer,
): CreditsLedger {
  const factsOfOne = factReader(writer, calendar, 'facts_of_one');
  const factsOfMany = factReader(reader, calendar, 'facts_of_many');
  const learnersAfter = reader.orm
    .select({ learnerId: learners.learnerId })
    .from(learners)
    .where(gt(learners.learnerId, sql.placeholder('after')))
    .orderBy(asc(learners.learnerId))
    .limit(sql.placeholder('limit'))
    .prepare('learners_after');

  return {
    learnerFacts: (learnerId) =>
      answeringPostgres(async () => {
        const [facts] = await factsOfOne([learnerId]);
        return facts ?? { learnerId, facts: [], courseware: new Map() };
      }),

    factsOf: (learnerIds) => answeringPostgres(() => factsOfMany(learnerIds)),

    learnerIds: (after, limit) =>
      answeringPostgres(async () => {
        const rows = await learnersAfter.execute({ after: after ?? '', limit });
        return rows.map((row) => row.learnerId as LearnerId);
      }),

    sessionsOf: (learnerId, { seenSince, openedBefore, after, limit }) =>
      answeringPostgres(async () => {
        const rows = await writer.orm
          .select({ session: sessions, title: courseware.title, kind: courseware.kind, earlier: earlierDays })
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
          .limit(limit);
        return rows.map(({ earlier, ...row }) =>
          viewedSession(
            row,
            earlier.map(([day, watchedMs]) => ({
              day: exactInteger(day),
              watchedMs: exactInteger(watchedMs),
            })),
          ),
        );
      }),
  };
}

/** In the same statement as its session, and so in the same snapshot. */
const earlierDays = sql<[day: number, watchedMs: number][]>`(
  select coalesce(json_agg(json_build_array(d.day, d.watched_ms) order by d.day), '[]')
  from session_days d where d.session_id = ${sessions.sessionId})`;

type FactReader = (learnerIds: readonly LearnerId[]) => Promise<LearnerFacts[]>;

/** Reads the facts of some learners at once: a session's latest day is in its row, earlier ones beside it. */
function factReader(
  { orm }: PostgresDatabase,
  calendar: Pick<Calendar, 'startOf'>,
  name: string,
): FactReader {
  const ofAsked = sql`${sessions.learnerId} = any(${listed('learnerIds')})`;
  const fields = {
    learnerId: sessions.learnerId,
    sessionId: sessions.sessionId,
    coursewareId: sessions.coursewareId,
    openedAt: sessions.openedAt,
    grewAt: sessions.grewAt,
  };
  // One statement, and so one snapshot: at midnight a day moves from the session's row to beside it, and must not
  // be seen twice.
  const bothDays = unionAll(
    orm
      .select({ ...fields, day: sessions.day, ms: sessions.dayMs })
      .from(sessions)
      .where(and(ofAsked, gt(sessions.dayMs, 0))),
    orm
      .select({ ...fields, day: sessionDays.day, ms: sessionDays.watchedMs })
      .from(sessions)
      .innerJoin(sessionDays, eq(sessionDays.sessionId, sessions.sessionId))
      .where(ofAsked),
  ).prepare(name);
  const terms = orm
    .select({ coursewareId: courseware.coursewareId, title: courseware.title, limitMs: courseware.limitMs })
    .from(courseware)
    .where(sql`${courseware.coursewareId} = any(${listed('coursewareIds')})`)
    .prepare(`${name}_terms`);

  return async (learnerIds) => {
    const rows = await bothDays.execute({ learnerIds });
    const coursewareIds = [...new Set(rows.map(({ coursewareId }) => coursewareId))];
    return learnersFacts(learnerIds, rows, await terms.execute({ coursewareIds }), calendar);
  };
}

/** A list of any length as one parameter, so that the statement stays prepared. */
const listed = (parameter: string): SQL => sql`${sql.placeholder(parameter)}::text[]`;
