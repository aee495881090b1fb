import { type Calendar, type Category, compareFacts, type LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering } from '../database/transact.ts';
import {
  activities,
  closedYears,
  courseware,
  enrolments,
  frozenCredits,
  learners,
  sessionDays,
  sessions,
  trainings,
} from '../schema/sqlite.ts';
import type { CreditsLedger, LearnerFacts, StoredFact } from './port.ts';
import {
  activityFact,
  closedYearsOf,
  coursewareTerms,
  trainingFact,
  viewedSession,
  watchedFact,
} from './rows.ts';

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

/**
 * Reads the facts of some learners, all from one snapshot. Facts are read learner by learner and as bare tuples: that
 * is how a million of them are read in a second (`npm run bench`); drizzle's rows as objects take twice as long.
 */
function factReader({ orm, client }: SqliteDatabase, calendar: Pick<Calendar, 'startOf'>): FactReader {
  const theirs = sql.placeholder('learnerId');
  const ofSession = {
    sessionId: sessions.sessionId,
    coursewareId: sessions.coursewareId,
    openedAt: sessions.openedAt,
    grewAt: sessions.grewAt,
    day: sessions.day,
    dayMs: sessions.dayMs,
    watchedMs: sessions.watchedMs,
  };
  const over = orm
    .select(ofSession)
    .from(sessions)
    .where(and(eq(sessions.learnerId, theirs), isNotNull(sessions.sealedAt)))
    .orderBy(asc(sessions.openedAt))
    .prepare();
  const notOver = orm
    .select(ofSession)
    .from(sessions)
    .where(and(eq(sessions.learnerId, theirs), isNull(sessions.sealedAt)))
    .prepare();
  const earlierDays = orm
    .select({ day: sessionDays.day, watchedMs: sessionDays.watchedMs })
    .from(sessionDays)
    .where(eq(sessionDays.sessionId, sql.placeholder('sessionId')))
    .prepare();
  const approved = orm
    .select({
      activityId: activities.activityId,
      category: activities.category,
      fromDay: activities.fromDay,
      toDay: activities.toDay,
      grantedMs: activities.grantedMs,
    })
    .from(activities)
    .where(and(eq(activities.learnerId, theirs), eq(activities.state, 'approved')))
    .orderBy(asc(activities.activityId))
    .prepare();
  const confirmed = orm
    .select({
      trainingId: enrolments.trainingId,
      onlineMs: enrolments.onlineMs,
      offlineMs: enrolments.offlineMs,
    })
    .from(enrolments)
    .where(and(eq(enrolments.learnerId, theirs), eq(enrolments.state, 'confirmed')))
    .orderBy(asc(enrolments.trainingId))
    .prepare();
  const closed = orm
    .select({ year: closedYears.year, policy: closedYears.policy })
    .from(closedYears)
    .where(isNotNull(closedYears.closedAt))
    .prepare();
  const frozen = orm
    .select()
    .from(frozenCredits)
    .where(sql`${frozenCredits.learnerId} in ${listed('learnerIds')}`)
    .prepare();
  const termsOf = orm
    .select({ coursewareId: courseware.coursewareId, title: courseware.title, limitMs: courseware.limitMs })
    .from(courseware)
    .where(sql`${courseware.coursewareId} in ${listed('coursewareIds')}`)
    .prepare();
  const training = orm
    .select({
      startsAt: trainings.startsAt,
      endDay: trainings.endDay,
      coursewareIds: trainings.coursewareIds,
      onlineMs: trainings.onlineMs,
      offlineMs: trainings.offlineMs,
    })
    .from(trainings)
    .where(eq(trainings.trainingId, sql.placeholder('trainingId')))
    .prepare();

  type Training = NonNullable<ReturnType<typeof training.get>>;

  /** Many learners attend the same training: it is read once. */
  function trainingsOnce(): (trainingId: string) => Training {
    const known = new Map<string, Training>();
    return (trainingId) => {
      const read = known.get(trainingId) ?? training.get({ trainingId });
      if (read === undefined) throw new Error(`somebody was in a training that is not there: ${trainingId}`);
      known.set(trainingId, read);
      return read;
    };
  }

  function watchedBy(learnerId: LearnerId, watched: Set<string>): StoredFact[] {
    const facts: StoredFact[] = [];
    const viewings = [...over.values({ learnerId }), ...notOver.values({ learnerId })] as SessionTuple[];
    for (const [sessionId, coursewareId, openedAt, grewAt, day, dayMs, watchedMs] of viewings) {
      if (watchedMs === 0) continue;
      watched.add(coursewareId);
      const session = { sessionId, coursewareId, openedAt, grewAt };
      // A session's latest day is in its row, earlier ones are beside it.
      if (watchedMs > dayMs) {
        for (const [earlier, ms] of earlierDays.values({ sessionId }) as [day: number, ms: number][])
          facts.push(watchedFact({ ...session, day: earlier, ms }, calendar));
      }
      if (dayMs > 0) facts.push(watchedFact({ ...session, day, ms: dayMs }, calendar));
    }
    return facts;
  }

  function factsOf(
    learnerId: LearnerId,
    watched: Set<string>,
    trainingOf: (trainingId: string) => Training,
  ): StoredFact[] {
    const facts = watchedBy(learnerId, watched);
    for (const row of approved.values({ learnerId }) as ActivityTuple[]) {
      const [activityId, category, fromDay, toDay, grantedMs] = row;
      facts.push(activityFact({ activityId, category, fromDay, toDay, grantedMs }, calendar));
    }
    for (const row of confirmed.values({ learnerId }) as EnrolmentTuple[]) {
      const [trainingId, otherOnlineMs, otherOfflineMs] = row;
      facts.push(trainingFact({ trainingId, ...trainingOf(trainingId), otherOnlineMs, otherOfflineMs }));
    }
    return facts.sort(compareFacts);
  }

  return client.transaction((learnerIds: readonly LearnerId[]): LearnerFacts[] => {
    const closedYears = closed.all();
    const asked = { learnerIds: JSON.stringify(learnerIds) };
    const closedOf = closedYearsOf({
      closedYears,
      frozen: closedYears.length === 0 ? [] : frozen.all(asked),
    });
    const watched = new Set<string>();
    const trainingOf = trainingsOnce();
    const known = learnerIds.map((learnerId) => factsOf(learnerId, watched, trainingOf));
    const coursewareIds = JSON.stringify([...watched]);
    const courseware = coursewareTerms(termsOf.values({ coursewareIds }) as TermsTuple[]);
    return learnerIds.map((learnerId, nth) => ({
      learnerId,
      facts: known[nth] ?? [],
      courseware,
      closedYears: closedOf(learnerId),
    }));
  });
}

// Rows as the columns stand in their statements.
type SessionTuple = [
  sessionId: string,
  coursewareId: string,
  openedAt: number,
  grewAt: number,
  day: number,
  dayMs: number,
  watchedMs: number,
];
type ActivityTuple = [
  activityId: string,
  category: Category,
  fromDay: number,
  toDay: number,
  grantedMs: number | null,
];
type TermsTuple = [coursewareId: string, title: string, limitMs: number];
type EnrolmentTuple = [trainingId: string, onlineMs: number | null, offlineMs: number | null];

/** A list of any length as one parameter, so that the statement stays prepared. */
const listed = (parameter: string): SQL => sql`(select value from json_each(${sql.placeholder(parameter)}))`;
