import type { ActivityFact, Calendar, CoursewareId, LearnerId, TrainingFact } from '@watchledger/rules';
import { and, asc, eq } from 'drizzle-orm';
import { createActivities } from '../activities/ledger.ts';
import { activityFact, trainingFact } from '../credits/facts.ts';
import type { Desk } from '../database/desk.ts';
import { rehearsed, undo } from '../database/undo.ts';
import { type Place, rows, type Work } from '../database/work.ts';
import { createEnrolments } from '../enrolments/ledger.ts';
import { createTrainings } from '../trainings/ledger.ts';
import type { ChangedFact, RehearsalsLedger, Rehearsing } from './port.ts';

/** Commands of an office that are undone. */
export function createRehearsals(desk: Desk): RehearsalsLedger {
  return {
    rehearse: async (about, calendar, perform) => {
      let changed: readonly ChangedFact[] = [];
      const undoing: Desk = {
        ...desk,
        command: (work) =>
          rehearsed(
            desk.command(function* (place) {
              const before = yield* factsOf(place, about, calendar);
              const answer = yield* work(place);
              changed = differences(before, yield* factsOf(place, about, calendar));
              return undo(answer);
            }),
          ),
      };
      const result = await perform({
        activities: createActivities(undoing),
        trainings: createTrainings(undoing),
        enrolments: createEnrolments(undoing),
      });
      return { result, changed };
    },
  };
}

type Facts = ReadonlyMap<LearnerId, TrainingFact | ActivityFact>;

/** The facts of a training or an activity, as the credits of their learners are folded from them. */
function* factsOf(
  { orm, tables: { activities, enrolments, trainings } }: Place,
  { kind, id }: Rehearsing,
  calendar: Pick<Calendar, 'startOf'>,
): Work<Facts> {
  if (kind === 'activity') {
    const approved = yield* rows(
      orm
        .select()
        .from(activities)
        .where(and(eq(activities.activityId, id), eq(activities.state, 'approved'))),
    );
    return new Map(
      approved.map(({ learnerId, activityId, category, fromDay, toDay, grantedMs }) => [
        learnerId as LearnerId,
        activityFact([learnerId, activityId, category, fromDay, toDay, grantedMs ?? 0], calendar),
      ]),
    );
  }
  const confirmed = yield* rows(
    orm
      .select({
        learnerId: enrolments.learnerId,
        trainingId: trainings.trainingId,
        startsAt: trainings.startsAt,
        endDay: trainings.endDay,
        coursewareIds: trainings.coursewareIds,
        onlineMs: trainings.onlineMs,
        offlineMs: trainings.offlineMs,
        otherOnlineMs: enrolments.onlineMs,
        otherOfflineMs: enrolments.offlineMs,
      })
      .from(enrolments)
      .innerJoin(trainings, eq(trainings.trainingId, enrolments.trainingId))
      .where(and(eq(enrolments.trainingId, id), eq(enrolments.state, 'confirmed')))
      .orderBy(asc(enrolments.learnerId)),
  );
  return new Map(
    confirmed.map(({ learnerId, trainingId, startsAt, endDay, coursewareIds, ...hours }) => {
      const onlineMs = hours.otherOnlineMs ?? hours.onlineMs;
      const offlineMs = hours.otherOfflineMs ?? hours.offlineMs;
      const ids = coursewareIds as readonly CoursewareId[];
      const row = [learnerId, trainingId, startsAt, endDay, onlineMs, offlineMs, ids] as const;
      return [learnerId as LearnerId, trainingFact(row)];
    }),
  );
}

function differences(before: Facts, after: Facts): ChangedFact[] {
  const learnerIds = [...new Set([...before.keys(), ...after.keys()])].sort();
  return learnerIds
    .map((learnerId) => ({ learnerId, from: before.get(learnerId), fact: after.get(learnerId) ?? null }))
    .filter(({ from, fact }) => JSON.stringify(from ?? null) !== JSON.stringify(fact))
    .map(({ learnerId, fact }) => ({ learnerId, fact }));
}
