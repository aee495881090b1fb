import type { Similar } from '@watchledger/contract';
import type { StoredTraining } from '@watchledger/ledger';
import type { LearnerId } from '@watchledger/rules';
import { similarShape } from '../activities/similar.ts';
import type { TrainingsContext } from './context.ts';

/** What else some learners have that may be the same event as a training (T20); who has nothing like it is not there. */
export async function similarEvents(
  { activities, calendar }: Pick<TrainingsContext, 'activities' | 'calendar'>,
  { trainingId: id, title, startsAt, endDay: toDay }: StoredTraining,
  learnerIds: readonly LearnerId[],
): Promise<ReadonlyMap<LearnerId, Similar[]>> {
  const event = { what: 'training', id, title, fromDay: calendar.dayOf(startsAt), toDay } as const;
  const found = Map.groupBy(await activities.similar(event, learnerIds), ({ learnerId }) => learnerId);
  return new Map(
    Array.from(found, ([learnerId, others]) => [
      learnerId,
      others.map((other) => similarShape(event, other)),
    ]),
  );
}
