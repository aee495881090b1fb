import { instant, type LearnerId, milliseconds } from '@watchledger/rules';
import { and, count, desc, eq, gt, lt, or } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { upsert } from '../database/upsert.ts';
import { first, type Place, rows, type Work } from '../database/work.ts';
import type { NoticeSearch, NoticesLedger, StoredNotice } from './port.ts';

/** What was decided about learners' own, as far as they have not read it. */
export function createNotices(desk: Desk): NoticesLedger {
  return {
    unread: (learnerId, search) =>
      desk.read(function* (place) {
        const readUntil = yield* readUntilOf(place, learnerId);
        const found = [
          ...(yield* enrolmentNotices(place, learnerId, readUntil, search)),
          ...(yield* activityNotices(place, learnerId, readUntil, search)),
        ];
        // Stable: of one moment, enrolments stay before activities.
        const notices = found.toSorted((a, b) => b.at - a.at).slice(0, search.limit);
        return { notices, count: yield* unreadCount(place, learnerId, readUntil) };
      }),

    read: async (learnerId, until) => {
      // Pages say it again and again; decisions need not wait for what is known.
      const already = await desk.read((place) => readUntilOf(place, learnerId));
      if (already >= until) return instant(already);
      return desk.command(function* (place) {
        const { noticesRead } = place.tables;
        const readUntil = Math.max(until, yield* readUntilOf(place, learnerId));
        yield* upsert(place, noticesRead, noticesRead.learnerId, [{ learnerId, readUntil }]);
        return instant(readUntil);
      });
    },
  };
}

function* readUntilOf({ orm, tables: { noticesRead } }: Place, learnerId: LearnerId): Work<number> {
  const row = yield* first(orm.select().from(noticesRead).where(eq(noticesRead.learnerId, learnerId)));
  return row?.readUntil ?? 0;
}

function* activityNotices(
  { orm, tables: { activities } }: Place,
  learnerId: LearnerId,
  readUntil: number,
  { after, limit }: NoticeSearch,
): Work<StoredNotice[]> {
  const { decidedAt, activityId } = activities;
  const found = yield* rows(
    orm
      .select()
      .from(activities)
      .where(
        and(
          eq(activities.learnerId, learnerId),
          gt(decidedAt, readUntil),
          after === null
            ? undefined
            : or(
                lt(decidedAt, after.at),
                and(
                  eq(decidedAt, after.at),
                  after.what === 'activity' ? lt(activityId, after.id) : undefined,
                ),
              ),
        ),
      )
      .orderBy(desc(decidedAt), desc(activityId))
      .limit(limit),
  );
  return found.map((row) => ({
    what: 'activity',
    id: row.activityId,
    title: row.title,
    decision: row.state === 'approved' ? 'approved' : 'rejected',
    ms: milliseconds(row.grantedMs ?? 0),
    declaredMs: milliseconds(row.declaredMs),
    reason: row.comment,
    at: instant(row.decidedAt ?? 0),
  }));
}

function* enrolmentNotices(
  { orm, tables: { enrolments, trainings } }: Place,
  learnerId: LearnerId,
  readUntil: number,
  { after, limit }: NoticeSearch,
): Work<StoredNotice[]> {
  const { decidedAt, trainingId } = enrolments;
  const found = yield* rows(
    orm
      .select({ enrolment: enrolments, training: trainings })
      .from(enrolments)
      .innerJoin(trainings, eq(trainings.trainingId, trainingId))
      .where(
        and(
          eq(enrolments.learnerId, learnerId),
          gt(decidedAt, readUntil),
          after === null
            ? undefined
            : or(
                lt(decidedAt, after.at),
                after.what === 'enrolment'
                  ? and(eq(decidedAt, after.at), lt(trainingId, after.id))
                  : undefined,
              ),
        ),
      )
      .orderBy(desc(decidedAt), desc(trainingId))
      .limit(limit),
  );
  return found.map(({ enrolment, training }) => {
    const isConfirmed = enrolment.state === 'confirmed';
    const hours = (enrolment.onlineMs ?? training.onlineMs) + (enrolment.offlineMs ?? training.offlineMs);
    return {
      what: 'enrolment',
      id: training.trainingId,
      title: training.title,
      decision: isConfirmed ? 'confirmed' : 'rejected',
      ms: milliseconds(isConfirmed ? hours : 0),
      declaredMs: null,
      reason: enrolment.comment,
      at: instant(enrolment.decidedAt ?? 0),
    };
  });
}

function* unreadCount(
  { orm, tables: { activities, enrolments } }: Place,
  learnerId: LearnerId,
  readUntil: number,
): Work<number> {
  let sum = 0;
  for (const table of [activities, enrolments]) {
    const unread = and(eq(table.learnerId, learnerId), gt(table.decidedAt, readUntil));
    sum += (yield* first(orm.select({ each: count() }).from(table).where(unread)))?.each ?? 0;
  }
  return sum;
}
