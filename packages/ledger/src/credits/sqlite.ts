import type { Calendar, LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering } from '../database/transact.ts';
import { courseware, learners, sessionDays, sessions } from '../schema/sqlite.ts';
import { createSqliteFacts } from './facts-sqlite.ts';
import type { CreditsLedger } from './port.ts';
import { viewedSession } from './viewed-session.ts';

/**
 * The facts in SQLite. The calendar is that of the policy in force. `reader` is a read-only connection for
 * exports, so that they never hold up `writer`.
 */
export function createSqliteCredits(
  writer: SqliteDatabase,
  calendar: Pick<Calendar, 'startOf'>,
  reader: SqliteDatabase = writer,
): CreditsLedger {
  const factsOfOne = createSqliteFacts(writer, calendar);
  const factsOfMany = createSqliteFacts(reader, calendar);
  const learnersWhere = (condition?: SQL) =>
    reader.orm
      .select({ learnerId: learners.learnerId })
      .from(learners)
      .where(and(condition, gt(learners.learnerId, sql.placeholder('after'))))
      .orderBy(asc(learners.learnerId))
      .limit(sql.placeholder('limit'))
      .prepare();
  const ofRoster = eq(learners.organisationId, sql.placeholder('organisationId'));
  const active = eq(learners.active, true);
  const learnersAfter = {
    all: { any: learnersWhere(), active: learnersWhere(active) },
    ofRoster: { any: learnersWhere(ofRoster), active: learnersWhere(and(ofRoster, active)) },
  };

  return {
    learnerFacts: (learnerId) =>
      answering(() => {
        const [facts] = factsOfOne([learnerId]);
        if (facts === undefined) throw new Error(`nothing was read of ${learnerId}`);
        return facts;
      }),

    factsOf: (learnerIds) => answering(() => factsOfMany(learnerIds)),

    presentFactsOf: (learnerIds) => answering(() => factsOfOne(learnerIds)),

    learnerIds: (after, limit, { organisationId = null, activeOnly = false } = {}) =>
      answering(() => {
        const asked = { after: after ?? '', limit, organisationId: organisationId ?? '' };
        const statement =
          learnersAfter[organisationId === null ? 'all' : 'ofRoster'][activeOnly ? 'active' : 'any'];
        const rows = statement.all(asked);
        return rows.map((row) => row.learnerId as LearnerId);
      }),

    sessionsOf: (learnerId, { seenSince, openedBefore, coursewareId, after, limit }) =>
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
