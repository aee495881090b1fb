import type { PutTraining, TrainingFields } from '@watchledger/contract';

/** What its organiser decided about a training, without what came of it. */
export function fieldsOf(training: TrainingFields): PutTraining {
  const { title, kind, type, form, category, method, classification, organiser, contact } = training;
  const { goal, content, place, capacity, onlineSeconds, offlineSeconds } = training;
  const { startsAt, endsAt, enrolFrom, enrolUntil, coursewareIds } = training;
  return {
    ...{ title, kind, type, form, category, method, classification, organiser, contact },
    ...{ goal, content, place, capacity, onlineSeconds, offlineSeconds },
    ...{ startsAt, endsAt, enrolFrom, enrolUntil, coursewareIds },
  };
}

/** Whether two say the same, however they write a moment or that there is none. */
export const saySame = (one: TrainingFields, other: TrainingFields): boolean => plain(one) === plain(other);

function plain(training: TrainingFields): string {
  const { startsAt, endsAt, enrolFrom, enrolUntil, coursewareIds = [], ...others } = fieldsOf(training);
  const moments = [startsAt, endsAt, enrolFrom, enrolUntil].map((moment) => moment && Date.parse(moment));
  return JSON.stringify([moments, coursewareIds.toSorted(), others], (_, value) => value ?? null);
}
