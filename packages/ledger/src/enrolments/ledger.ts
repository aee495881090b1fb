import { dayNumber } from '@watchledger/rules';
import { and, asc, eq, gt, gte, inArray, lte } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { known } from '../people/known.ts';
import { visible } from '../trainings/rows.ts';
import { isOpenAt } from '../trainings/search.ts';
import { isClosed } from '../years/closed.ts';
import { decide } from './decide.ts';
import type { EnrolmentsLedger } from './port.ts';
import { enrolled, enrolmentOf, enrolmentRow, enrolmentsWhere, taken, writeEnrolments } from './rows.ts';

/** Who takes part in trainings. */
export function createEnrolments(desk: Desk): EnrolmentsLedger {
  return {
    enrol: (trainingId, learnerId, at) =>
      desk.command(function* (place) {
        const training = yield* visible(place, trainingId);
        if (training === undefined) return { outcome: 'unknown' };
        const before = yield* enrolmentRow(place, trainingId, learnerId);
        if (before?.state === 'rejected') return { outcome: 'rejected' };
        if (before !== undefined && before.state !== 'cancelled')
          return { outcome: 'already', enrolment: enrolmentOf(training, before) };
        if (!isOpenAt(training, at) || (yield* isClosed(place, dayNumber(training.endDay), at)))
          return { outcome: 'not-open' };
        if (training.capacity !== null && (yield* taken(place, trainingId)) >= training.capacity)
          return { outcome: 'full' };
        const row = enrolled(trainingId, learnerId, at);
        yield* known(place, [learnerId], at);
        yield* writeEnrolments(place, [row]);
        return { outcome: 'enrolled', enrolment: enrolmentOf(training, row) };
      }),

    cancel: (trainingId, learnerId, at) =>
      desk.command(function* (place) {
        const row = yield* enrolmentRow(place, trainingId, learnerId);
        if (row === undefined || row.state === 'cancelled') return 'unknown';
        if (row.state !== 'enrolled') return 'decided';
        yield* writeEnrolments(place, [{ ...row, state: 'cancelled', updatedAt: at }]);
        return 'cancelled';
      }),

    rate: (trainingId, learnerId, rating, at) =>
      desk.command(function* (place) {
        const row = yield* enrolmentRow(place, trainingId, learnerId);
        if (row === undefined) return 'unknown';
        if (row.state !== 'confirmed') return 'not-confirmed';
        yield* writeEnrolments(place, [{ ...row, rating, updatedAt: at }]);
        return 'rated';
      }),

    decide: (trainingId, decision) => desk.command((place) => decide(place, trainingId, decision)),

    ofTraining: (trainingId, { state, after, limit }) =>
      desk.read(function* (place) {
        const { enrolments } = place.tables;
        return yield* enrolmentsWhere(
          place,
          and(
            eq(enrolments.trainingId, trainingId),
            state === null ? undefined : eq(enrolments.state, state),
            after === null ? undefined : gt(enrolments.learnerId, after),
          ),
          [asc(enrolments.learnerId)],
          limit,
        );
      }),

    ofLearner: (learnerId, after, limit) =>
      desk.read(function* (place) {
        const { enrolments } = place.tables;
        return yield* enrolmentsWhere(
          place,
          and(
            eq(enrolments.learnerId, learnerId),
            after === null ? undefined : gt(enrolments.trainingId, after),
          ),
          [asc(enrolments.trainingId)],
          limit,
        );
      }),

    confirmedWithin: (learnerIds, fromDay, toDay) =>
      desk.read(function* (place) {
        const { enrolments, trainings } = place.tables;
        return yield* enrolmentsWhere(
          place,
          and(
            inArray(enrolments.learnerId, [...learnerIds]),
            eq(enrolments.state, 'confirmed'),
            gte(trainings.endDay, fromDay),
            lte(trainings.endDay, toDay),
          ),
          [asc(trainings.endsAt), asc(trainings.trainingId)],
        );
      }),
  };
}
