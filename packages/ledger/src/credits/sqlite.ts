import {
  type Calendar,
  type CoursewareId,
  compareFacts,
  dayNumber,
  instant,
  type LearnerId,
  milliseconds,
  type SessionId,
} from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { answering } from '../database/transact.ts';
import { courseware, learners, sessionDays, sessions } from '../schema/sqlite.ts';
import type {
  CoursewareTerms,
  CreditsLedger,
  LearnerFacts,
  StoredWatchedFact,
  ViewedSession,
} from './port.ts';

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

  type Row = ReturnType<typeof latestDays.all>[number];

  function fact({ sessionId, coursewareId, openedAt, grewAt, day, ms }: Row): StoredWatchedFact {
    const start = calendar.startOf(dayNumber(day));
    const end = calendar.startOf(dayNumber(day + 1));
    return {
      kind: 'watched',
      id: sessionId as SessionId,
      coursewareId: coursewareId as CoursewareId,
      day: dayNumber(day),
      firstMoment: instant(Math.max(openedAt, start)),
      lastMoment: instant(Math.min(grewAt, end)),
      ms: milliseconds(ms),
    };
  }

  // One snapshot: at midnight a day moves from the session's row to beside it, and must not be seen twice.
  const bothDays = client.transaction((asked: { learnerIds: string }) => [
    ...latestDays.all(asked),
    ...earlierDays.all(asked),
  ]);

  return (learnerIds) => {
    const asked = { learnerIds: JSON.stringify(learnerIds) };
    const rows = bothDays(asked);
    const known = new Map<CoursewareId, CoursewareTerms>();
    const coursewareIds = JSON.stringify([...new Set(rows.map(({ coursewareId }) => coursewareId))]);
    for (const { coursewareId, title, limitMs } of terms.all({ coursewareIds })) {
      known.set(coursewareId as CoursewareId, { title, limitMs: milliseconds(limitMs) });
    }
    const rowsOf = Map.groupBy(rows, ({ learnerId }) => learnerId);
    return learnerIds.map((learnerId) => ({
      learnerId,
      facts: (rowsOf.get(learnerId) ?? []).map(fact).sort(compareFacts),
      courseware: known,
    }));
  };
}

/** A list of any length as one parameter, so that the statement stays prepared. */
const listed = (parameter: string): SQL => sql`(select value from json_each(${sql.placeholder(parameter)}))`;

type SessionRow = {
  session: typeof sessions.$inferSelect;
  title: string;
  kind: 'video' | 'document';
};

function viewedSession(
  { session, title, kind }: SessionRow,
  earlier: readonly (typeof sessionDays.$inferSelect)[],
): ViewedSession {
  const days = [...earlier, { day: session.day, watchedMs: session.dayMs }];
  return {
    sessionId: session.sessionId as SessionId,
    coursewareId: session.coursewareId as CoursewareId,
    title,
    kind,
    openedAt: instant(session.openedAt),
    lastReportAt: instant(session.lastReportAt),
    grewAt: instant(session.grewAt),
    sealedAt: session.sealedAt === null ? null : instant(session.sealedAt),
    sealedAs: session.sealedAs,
    watchedMs: milliseconds(session.watchedMs),
    days: days
      .filter(({ watchedMs }) => watchedMs > 0)
      .map(({ day, watchedMs }) => ({ day: dayNumber(day), watchedMs: milliseconds(watchedMs) })),
  };
}
