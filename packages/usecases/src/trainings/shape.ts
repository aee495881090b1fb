import type { TrainingFields as DeclaredTraining, Enrolment, Training } from '@watchledger/contract';
import {
  isOpenAt,
  type ShownTraining,
  type StoredEnrolment,
  type StoredTraining,
  type TrainingFields,
} from '@watchledger/ledger';
import { type Calendar, type Instant, instant, milliseconds, wholeSeconds } from '@watchledger/rules';
import { entityTag } from '../access/entity-tag.ts';
import { rfc3339 } from '../moments/rfc3339.ts';

/** A training as the contract shows it, with the tag that a writer may answer with. */
export interface TaggedTraining {
  readonly training: Training;
  readonly etag: string;
}

/** What an organiser says, as it is stored. */
export function storedFields(
  fields: DeclaredTraining,
  { calendar }: { readonly calendar: Calendar },
): TrainingFields {
  const endsAt = momentOf(fields.endsAt);
  return {
    title: fields.title,
    kind: fields.kind,
    type: fields.type ?? null,
    form: fields.form,
    category: fields.category,
    method: fields.method ?? null,
    classification: fields.classification ?? null,
    organiser: fields.organiser,
    contact: fields.contact ?? null,
    goal: fields.goal ?? null,
    content: fields.content ?? null,
    place: fields.place,
    capacity: fields.capacity ?? null,
    onlineMs: milliseconds(fields.onlineSeconds * 1_000),
    offlineMs: milliseconds(fields.offlineSeconds * 1_000),
    startsAt: momentOf(fields.startsAt),
    endsAt,
    endDay: calendar.dayOf(endsAt),
    enrolFrom: fields.enrolFrom == null ? null : momentOf(fields.enrolFrom),
    enrolUntil: fields.enrolUntil == null ? null : momentOf(fields.enrolUntil),
    coursewareIds: fields.coursewareIds ?? [],
  };
}

const momentOf = (text: string): Instant => instant(Date.parse(text));
const shownMoment = (moment: Instant | null): string | null => (moment === null ? null : rfc3339(moment));

export function trainingShape(
  { training, enrolled, confirmed, ratings, ratingSum, own }: ShownTraining,
  at: Instant,
): Training {
  const full = training.capacity !== null && enrolled >= training.capacity;
  return {
    trainingId: training.trainingId,
    organisationId: training.organisationId,
    title: training.title,
    kind: training.kind,
    type: training.type,
    form: training.form,
    category: training.category,
    method: training.method,
    classification: training.classification,
    organiser: training.organiser,
    contact: training.contact,
    goal: training.goal,
    content: training.content,
    place: training.place,
    capacity: training.capacity,
    onlineSeconds: wholeSeconds(training.onlineMs),
    offlineSeconds: wholeSeconds(training.offlineMs),
    totalSeconds: wholeSeconds(milliseconds(training.onlineMs + training.offlineMs)),
    startsAt: rfc3339(training.startsAt),
    endsAt: rfc3339(training.endsAt),
    enrolFrom: shownMoment(training.enrolFrom),
    enrolUntil: shownMoment(training.enrolUntil),
    coursewareIds: [...training.coursewareIds],
    open: isOpenAt(training, at) && !full,
    enrolled,
    confirmed,
    rating: { average: ratings === 0 ? null : Math.round((ratingSum / ratings) * 100) / 100, count: ratings },
    myState: own?.state ?? null,
    myRating: own?.rating ?? null,
    createdAt: rfc3339(training.createdAt),
    updatedAt: rfc3339(training.updatedAt),
  };
}

export const taggedTraining = (shown: ShownTraining, at: Instant): TaggedTraining => ({
  training: trainingShape(shown, at),
  etag: entityTag(shown.training.version),
});

/** A training that nobody has to do with yet. */
export const alone = (training: StoredTraining): ShownTraining => ({
  training,
  enrolled: 0,
  confirmed: 0,
  ratings: 0,
  ratingSum: 0,
  own: null,
});

export const enrolmentShape = (stored: StoredEnrolment): Enrolment => ({
  trainingId: stored.training.trainingId,
  learnerId: stored.learnerId,
  title: stored.training.title,
  startsAt: rfc3339(stored.training.startsAt),
  endsAt: rfc3339(stored.training.endsAt),
  state: stored.state,
  onlineSeconds: wholeSeconds(stored.onlineMs),
  offlineSeconds: wholeSeconds(stored.offlineMs),
  comment: stored.comment,
  decidedBy: stored.decidedBy,
  decidedAt: shownMoment(stored.decidedAt),
  rating: stored.rating,
  enrolledAt: rfc3339(stored.enrolledAt),
});
