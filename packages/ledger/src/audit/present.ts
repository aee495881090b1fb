import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Place, rows, type Work } from '../database/work.ts';
import type { AuditedValue } from './port.ts';

/** Whose changes are all in the trail. */
export const decidingKinds = ['courseware', 'activity', 'training', 'enrolment', 'exam'] as const;
export type DecidingKind = (typeof decidingKinds)[number];

/** A subject as it is now, in the fields that decide. */
export interface PresentSubject {
  readonly id: string;
  readonly fields: Readonly<Record<string, AuditedValue>>;
}

/** Some subjects as they are, in the order of their ids, after the last one of those before; only what counts. */
export function* presentSubjects(
  place: Place,
  kind: DecidingKind,
  after: string | null,
  limit: number,
): Work<PresentSubject[]> {
  const { orm, tables } = place;
  const { activities, courseware, enrolments, exams, trainings } = tables;
  const later = (id: SQL | { getSQL(): SQL }) => (after === null ? undefined : gt(sql`${id}`, after));
  switch (kind) {
    case 'courseware': {
      const { coursewareId: id, limitMs } = courseware;
      return subjects(
        yield* rows(
          orm.select({ id, limitMs }).from(courseware).where(later(id)).orderBy(asc(id)).limit(limit),
        ),
      );
    }
    case 'activity': {
      const { activityId: id, state, grantedMs, category, toDay, learnerId } = activities;
      // A UUID is compared with one.
      const afterId = after === null ? undefined : gt(id, after);
      return subjects(
        yield* rows(
          orm
            .select({ id, state, grantedMs, category, toDay, learnerId })
            .from(activities)
            .where(and(eq(state, 'approved'), afterId))
            .orderBy(asc(id))
            .limit(limit),
        ),
      );
    }
    case 'training': {
      const { trainingId: id, onlineMs, offlineMs, startsAt, endDay, coursewareIds } = trainings;
      const found = yield* rows(
        orm
          .select({ id, onlineMs, offlineMs, startsAt, endDay, coursewareIds })
          .from(trainings)
          .where(later(id))
          .orderBy(asc(id))
          .limit(limit),
      );
      return subjects(found.map((row) => ({ ...row, coursewareIds: row.coursewareIds.join(' ') })));
    }
    case 'enrolment': {
      const { trainingId, learnerId, state, onlineMs, offlineMs } = enrolments;
      const found = yield* rows(
        orm
          .select({ trainingId, learnerId, state, onlineMs, offlineMs })
          .from(enrolments)
          .where(and(eq(state, 'confirmed'), laterPair(trainingId, learnerId, after)))
          .orderBy(asc(trainingId), asc(learnerId))
          .limit(limit),
      );
      return subjects(
        found.map(({ trainingId, learnerId, ...fields }) => ({
          id: `${trainingId}/${learnerId}`,
          ...fields,
        })),
      );
    }
    case 'exam': {
      const { examId, learnerId, passed, takenOn, score } = exams;
      const found = yield* rows(
        orm
          .select({ examId, learnerId, passed, takenOn, score })
          .from(exams)
          .where(laterPair(examId, learnerId, after))
          .orderBy(asc(examId), asc(learnerId))
          .limit(limit),
      );
      return subjects(
        found.map(({ examId, learnerId, ...fields }) => ({ id: `${examId}/${learnerId}`, ...fields })),
      );
    }
  }
}

/** After a pair that is written `first/second`: no id has a slash. */
function laterPair(first: SQLiteColumn, second: SQLiteColumn, after: string | null): SQL | undefined {
  if (after === null) return undefined;
  const [a = '', b = ''] = after.split('/');
  return or(gt(first, a), and(eq(first, a), gt(second, b)));
}

type Selected = { readonly id: string } & Readonly<Record<string, AuditedValue>>;

const subjects = (selected: readonly Selected[]): PresentSubject[] =>
  selected.map(({ id, ...fields }) => ({ id, fields }));
