import type { Calendar, LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { exactInteger } from '../database/exact-integer.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { answeringPostgres } from '../database/transact-postgres.ts';
import { courseware, learners, sessionDays, sessions } from '../schema/postgres.ts';
import type { CreditsLedger, LearnerFacts } from './port.ts';
import {
  type ActivityRow,
  type AttendanceRow,
  type ClosedYearRow,
  type FrozenRow,
  learnersFacts,
  type Theirs,
  viewedSession,
} from './rows.ts';

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

/** Reads the facts of some learners at once. */
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

  const besides = orm
    .select({ activities: approved, attendances: confirmed, closedYears: closed, frozen })
    .from(sql`(select 1) as one`)
    .prepare(`${name}_besides`);

  return async (learnerIds) => {
    const watched = await bothDays.execute({ learnerIds });
    const [others] = await besides.execute({ learnerIds });
    if (others === undefined) throw new Error('a statement of one row gave none');
    const coursewareIds = [...new Set(watched.map(({ coursewareId }) => coursewareId))];
    const rows = { watched, ...others, terms: await terms.execute({ coursewareIds }) };
    return learnersFacts(learnerIds, rows, calendar);
  };
}

// What learners have beside watched time, in one statement: who watches pays one round trip for it, and a year that is
// reopened meanwhile is closed with its credits, or open.
const asked = sql`any(${sql.placeholder('learnerIds')}::text[])`;

const approved = sql<(ActivityRow & Theirs)[]>`(
  select coalesce(json_agg(json_build_object('learnerId', learner_id, 'activityId', activity_id,
    'category', category, 'fromDay', from_day, 'toDay', to_day, 'grantedMs', granted_ms)), '[]')
  from activities where learner_id = ${asked} and state = 'approved')`;

const confirmed = sql<(AttendanceRow & Theirs)[]>`(
  select coalesce(json_agg(json_build_object('learnerId', e.learner_id, 'trainingId', t.training_id,
    'startsAt', t.starts_at, 'endDay', t.end_day, 'coursewareIds', t.courseware_ids, 'onlineMs', t.online_ms,
    'offlineMs', t.offline_ms, 'otherOnlineMs', e.online_ms, 'otherOfflineMs', e.offline_ms)), '[]')
  from enrolments e join trainings t on t.training_id = e.training_id
  where e.learner_id = ${asked} and e.state = 'confirmed')`;

const closed = sql<ClosedYearRow[]>`(
  select coalesce(json_agg(json_build_object('year', year, 'policy', policy)), '[]')
  from closed_years where closed_at is not null)`;

const frozen = sql<FrozenRow[]>`(
  select coalesce(json_agg(json_build_object('learnerId', learner_id, 'year', year, 'credits', credits)), '[]')
  from frozen_credits where learner_id = ${asked})`;

/** A list of any length as one parameter, so that the statement stays prepared. */
const listed = (parameter: string): SQL => sql`${sql.placeholder(parameter)}::text[]`;
