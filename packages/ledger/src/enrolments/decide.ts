import { dayNumber, type LearnerId } from '@watchledger/rules';
import { and, eq, inArray } from 'drizzle-orm';
import { differencesOf } from '../audit/differences.ts';
import type { TracedChange } from '../audit/port.ts';
import { chunks } from '../database/upsert.ts';
import { type Place, rows, trace, type Work } from '../database/work.ts';
import { newsFor } from '../notices/news.ts';
import { known } from '../people/known.ts';
import { reviseLearners } from '../revisions/work.ts';
import { isTheirs, type TrainingRow, trainingOf, trainingRows } from '../trainings/rows.ts';
import { isClosed } from '../years/closed.ts';
import type { Attendee, AttendeeFault, EnrolmentDecision, EnrolmentsDecided } from './port.ts';
import { type EnrolmentRow, enrolled, enrolmentRows, writeEnrolments } from './rows.ts';

/** Confirms or rejects attendees, all of them or none (R11). */
export function* decide(place: Place, trainingId: string, given: EnrolmentDecision): Work<EnrolmentsDecided> {
  const { by, organisationId, attendees } = given;
  // Also of a training that was taken away: what was confirmed wrongly can be corrected.
  const training = (yield* trainingRows(place, [trainingId])).get(trainingId);
  if (training === undefined) return { outcome: 'unknown' };
  if (!isTheirs(training, organisationId)) return { outcome: 'not-theirs' };
  if (given.decision === 'confirm' && by.at < training.endsAt) return { outcome: 'not-over' };
  if (yield* isClosed(place, dayNumber(training.endDay), by.at)) return { outcome: 'year-closed' };
  const learnerIds = attendees.map(({ learnerId }) => learnerId);
  const before = yield* enrolmentRows(place, trainingId, learnerIds);
  const roster = organisationId === null ? null : yield* rosterAmong(place, organisationId, learnerIds);
  const longestMs = longestHours(training);
  const decidedAt = yield* newsFor(place, learnerIds, by.at);
  const faults = new Map<number, AttendeeFault>();
  const written: EnrolmentRow[] = [];
  const told: TracedChange[] = [];
  for (const [index, attendee] of attendees.entries()) {
    const { learnerId } = attendee;
    const row = before.get(learnerId);
    const isStranger = roster !== null && !roster.has(learnerId);
    const fault = faultOf(attendee, row, given, { isStranger, training, longestMs });
    if (fault !== null) {
      faults.set(index, fault);
      continue;
    }
    const confirming = given.decision === 'confirm';
    const decided = {
      state: confirming ? ('confirmed' as const) : ('rejected' as const),
      onlineMs: confirming ? attendee.onlineMs : null,
      offlineMs: confirming ? attendee.offlineMs : null,
      comment: given.comment,
    };
    const changes = differencesOf(row && decisionOf(row), decided);
    if (changes.length === 0) continue;
    const base = row ?? enrolled(trainingId, learnerId, by.at);
    written.push({
      ...base,
      ...decided,
      decidedBy: by.actor,
      decidedAt: decidedAt(learnerId),
      updatedAt: by.at,
    });
    const action = row?.decidedBy == null ? decided.state : 'corrected';
    const subject = { kind: 'enrolment', id: `${trainingId}/${learnerId}` } as const;
    told.push({ subject, learnerId, action, changes, by });
  }
  if (faults.size > 0) return { outcome: 'refused', faults };
  yield* known(place, learnerIds, by.at);
  yield* writeEnrolments(place, written);
  yield* trace(told);
  yield* reviseLearners(
    place,
    written.map(({ learnerId }) => learnerId as LearnerId),
  );
  return {
    outcome: 'decided',
    training: trainingOf(training),
    changed: written.length,
    unchanged: attendees.length - written.length,
  };
}

/** Nobody takes part for longer than the event lasted, by whole days. */
const longestHours = ({ startsAt, endsAt }: TrainingRow): number =>
  (Math.floor((endsAt - startsAt) / 86_400_000) + 2) * 86_400_000;

function* rosterAmong(
  { orm, tables: { learners } }: Place,
  organisationId: string,
  learnerIds: readonly LearnerId[],
): Work<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of chunks(learnerIds, 500)) {
    const ofSome = and(eq(learners.organisationId, organisationId), inArray(learners.learnerId, [...some]));
    const known = yield* rows(orm.select({ learnerId: learners.learnerId }).from(learners).where(ofSome));
    for (const { learnerId } of known) found.add(learnerId);
  }
  return found;
}

const decisionOf = ({ state, onlineMs, offlineMs, comment }: EnrolmentRow) => ({
  state,
  onlineMs,
  offlineMs,
  comment,
});

interface Bounds {
  /** Of another institute than the one that decides. */
  readonly isStranger: boolean;
  readonly training: TrainingRow;
  readonly longestMs: number;
}

function faultOf(
  { learnerId, onlineMs, offlineMs }: Attendee,
  row: EnrolmentRow | undefined,
  { by, registering, correct }: EnrolmentDecision,
  { isStranger, training, longestMs }: Bounds,
): AttendeeFault | null {
  if (learnerId === by.actor) return 'own';
  const isEnrolled = row !== undefined && row.state !== 'cancelled';
  if (!isEnrolled && !registering) return 'not-enrolled';
  if (!isEnrolled && isStranger) return 'stranger';
  if ((onlineMs ?? training.onlineMs) + (offlineMs ?? training.offlineMs) > longestMs) return 'too-long';
  if (row?.decidedBy != null && row.decidedBy !== by.actor && !correct) return 'decided';
  return null;
}
