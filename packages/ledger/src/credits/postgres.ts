import type { Calendar, LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import { exactInteger } from '../database/exact-integer.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { answeringPostgres } from '../database/transact-postgres.ts';
import { courseware, learners, sessions } from '../schema/postgres.ts';
import { createPostgresFacts } from './facts-postgres.ts';
import type { CreditsLedger } from './port.ts';
import { viewedSession } from './viewed-session.ts';

/**
 * The facts in PostgreSQL. The calendar is that of the policy in force. `reader` is where exports of many learners
 * are read: a pool of its own, perhaps on a replica, so that they never hold up `writer`.
 */
export function createPostgresCredits(
  writer: PostgresDatabase,
  calendar: Pick<Calendar, 'startOf'>,
  reader: PostgresDatabase = writer,
): CreditsLedger {
  const factsOfOne = createPostgresFacts(writer, calendar);
  const factsOfMany = createPostgresFacts(reader, calendar);
  const learnersWhere = (name: string, condition?: SQL) =>
    reader.orm
      .select({ learnerId: learners.learnerId })
      .from(learners)
      .where(and(condition, gt(learners.learnerId, sql.placeholder('after'))))
      .orderBy(asc(learners.learnerId))
      .limit(sql.placeholder('limit'))
      .prepare(name);
  const ofRoster = eq(learners.organisationId, sql.placeholder('organisationId'));
  const active = eq(learners.active, true);
  const learnersAfter = {
    all: { any: learnersWhere('learners_after'), active: learnersWhere('active_learners_after', active) },
    ofRoster: {
      any: learnersWhere('learners_of_roster', ofRoster),
      active: learnersWhere('active_learners_of_roster', and(ofRoster, active)),
    },
  };

  return {
    learnerFacts: (learnerId) =>
      answeringPostgres(async () => {
        const [facts] = await factsOfOne([learnerId]);
        if (facts === undefined) throw new Error(`nothing was read of ${learnerId}`);
        return facts;
      }),

    factsOf: (learnerIds) => answeringPostgres(() => factsOfMany(learnerIds)),

    presentFactsOf: (learnerIds) => answeringPostgres(() => factsOfOne(learnerIds)),

    learnerIds: (after, limit, { organisationId = null, activeOnly = false } = {}) =>
      answeringPostgres(async () => {
        const asked = { after: after ?? '', limit, organisationId: organisationId ?? '' };
        const statement =
          learnersAfter[organisationId === null ? 'all' : 'ofRoster'][activeOnly ? 'active' : 'any'];
        const rows = await statement.execute(asked);
        return rows.map((row) => row.learnerId as LearnerId);
      }),

    sessionsOf: (learnerId, { seenSince, openedBefore, coursewareId, after, limit }) =>
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
              coursewareId === null ? undefined : eq(sessions.coursewareId, coursewareId),
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
