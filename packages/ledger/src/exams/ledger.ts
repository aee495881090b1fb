import { dayNumber, type LearnerId } from '@watchledger/rules';
import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import { differencesOf } from '../audit/differences.ts';
import type { Desk } from '../database/desk.ts';
import { upsert } from '../database/upsert.ts';
import { first, rows, trace } from '../database/work.ts';
import { known } from '../people/known.ts';
import { isClosed } from '../years/closed.ts';
import type { ExamsLedger } from './port.ts';

/** Exams. */
export function createExams(desk: Desk): ExamsLedger {
  return {
    put: (exam, { actor, at }) =>
      desk.command(function* (place) {
        const { orm, tables } = place;
        const { exams } = tables;
        const { examId, learnerId, ...result } = exam;
        const row = yield* first(
          orm
            .select()
            .from(exams)
            .where(and(eq(exams.examId, examId), eq(exams.learnerId, learnerId))),
        );
        const before = row && {
          title: row.title,
          takenOn: row.takenOn,
          passed: row.passed,
          score: row.score,
        };
        const changes = differencesOf(before, { ...result });
        if (row !== undefined && changes.length === 0) return 'unchanged';
        for (const day of [exam.takenOn, ...(row === undefined ? [] : [dayNumber(row.takenOn)])])
          if (yield* isClosed(place, day, at)) return 'year-closed';
        const next = { ...exam, updatedAt: at };
        yield* known(place, [learnerId], at);
        yield* upsert(place, exams, [exams.examId, exams.learnerId], [next]);
        const subject = { kind: 'exam', id: `${examId}/${learnerId}` } as const;
        const action = row === undefined ? 'created' : 'updated';
        yield* trace([{ subject, learnerId, action, changes, by: { actor, at, reason: null } }]);
        return row === undefined ? 'created' : 'changed';
      }),

    takenWithin: (learnerIds, fromDay, toDay) =>
      desk.read(function* ({ orm, tables: { exams } }) {
        const found = yield* rows(
          orm
            .select()
            .from(exams)
            .where(
              and(
                inArray(exams.learnerId, [...learnerIds]),
                gte(exams.takenOn, fromDay),
                lte(exams.takenOn, toDay),
              ),
            )
            .orderBy(asc(exams.takenOn), asc(exams.examId)),
        );
        return found.map(({ updatedAt: _, ...exam }) => ({
          ...exam,
          learnerId: exam.learnerId as LearnerId,
          takenOn: dayNumber(exam.takenOn),
        }));
      }),
  };
}
