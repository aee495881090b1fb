import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Attendee,
  type EnrolmentState,
  type EnrolmentsPage,
  type EnrolmentsReviewed,
  type Fault,
  Problem,
} from '@watchledger/contract';
import {
  type AttendeeFault,
  LedgerUnavailable,
  type StoredEnrolment,
  type StoredTraining,
} from '@watchledger/ledger';
import { type LearnerId, milliseconds } from '@watchledger/rules';
import type { Officer } from '../access/reviewer.ts';
import { refusedLines } from '../imports/refused-lines.ts';
import { cursorOf, isLearnerId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { TrainingsContext } from './context.ts';
import { notOver, notTheirs, trainingNotFound, trainingYearClosed } from './refusals.ts';
import { enrolmentShape } from './shape.ts';
import { similarEvents } from './similar-events.ts';

export interface DecideEnrolments extends Officer {
  readonly id: string;
  readonly decision: 'confirm' | 'reject';
  readonly items: readonly Attendee[];
  /** Where the items come from a file: on which line each stands. */
  readonly lines?: readonly number[] | undefined;
  readonly comment?: string | null | undefined;
  /** Decide anew what another reviewer has decided. */
  readonly correct?: boolean | undefined;
  /** Register also who never enrolled. */
  readonly registering: boolean;
}

/**
 * Confirms or rejects attendees, all of them or none; deciding again is a correction (R11).
 * @throws Problem `training-not-found`, `already-decided`, `forbidden`, `invalid-request`, `training-not-over`,
 * `year-closed`, `unavailable`
 */
export async function decideEnrolments(
  context: Pick<TrainingsContext, 'enrolments' | 'activities' | 'calendar' | 'policyInForce' | 'now'>,
  input: DecideEnrolments,
): Promise<EnrolmentsReviewed> {
  const { actor, organisationId, id, decision, items, lines, comment, correct, registering } = input;
  const { enrolments, policyInForce, now } = context;
  await policyInForce.demand();
  const done = await whileStoresAnswer(() =>
    enrolments.decide(id, {
      decision,
      attendees: items.map(attendeeOf),
      comment: comment ?? null,
      registering,
      correct: correct ?? false,
      by: { actor, at: now(), reason: comment ?? null },
      organisationId,
    }),
  );
  switch (done.outcome) {
    case 'decided':
      return {
        changed: done.changed,
        unchanged: done.unchanged,
        similar: await similarOf(context, done.training, items),
      };
    case 'unknown':
      throw trainingNotFound(id);
    case 'not-theirs':
      throw notTheirs(id);
    case 'year-closed':
      throw trainingYearClosed();
    case 'not-over':
      throw notOver();
    case 'refused':
      throw refused(done.faults, lines);
  }
}

/** Read in one turn, heartbeats going on in between. */
const SIMILAR_AT_ONCE = 100;

/**
 * What else of these attendees may be the same event (T20); of those who have nothing like it, nothing is told. Nor is
 * anything where the store does not answer: the decision stands, and lists of attendees tell it again.
 */
async function similarOf(
  context: Pick<TrainingsContext, 'activities' | 'calendar'>,
  training: StoredTraining,
  items: readonly Attendee[],
): Promise<EnrolmentsReviewed['similar']> {
  const learnerIds = items.map(({ learnerId }) => learnerId as LearnerId);
  const all: EnrolmentsReviewed['similar'][number][] = [];
  try {
    for (let from = 0; from < learnerIds.length; from += SIMILAR_AT_ONCE) {
      if (from > 0) await nextTurn();
      const some = learnerIds.slice(from, from + SIMILAR_AT_ONCE);
      const found = await similarEvents(context, training, some);
      for (const learnerId of some) {
        const similar = found.get(learnerId);
        if (similar !== undefined) all.push({ learnerId, similar });
      }
    }
    return all;
  } catch (error) {
    if (error instanceof LedgerUnavailable) return [];
    throw error;
  }
}

const attendeeOf = ({ learnerId, onlineSeconds, offlineSeconds }: Attendee) => ({
  learnerId: learnerId as LearnerId,
  onlineMs: onlineSeconds == null ? null : milliseconds(onlineSeconds * 1_000),
  offlineMs: offlineSeconds == null ? null : milliseconds(offlineSeconds * 1_000),
});

const words: Readonly<Record<AttendeeFault, string>> = {
  own: 'is you: nobody confirms their own attendance',
  'not-enrolled': 'is not enrolled in this training',
  stranger: 'is of another institute and has not enrolled',
  'too-long': 'would have more hours than the event',
  decided: 'was decided by another reviewer; decide anew with "correct": true',
};

function refused(faults: ReadonlyMap<number, AttendeeFault>, lines: readonly number[] | undefined): Problem {
  if (lines !== undefined) {
    return refusedLines(
      Array.from(faults, ([index, fault]) => ({
        line: lines[index] ?? 1,
        field: 'learnerId',
        message: words[fault],
      })),
    );
  }
  const errors = Array.from(
    faults,
    ([index, fault]): Fault => ({ path: `/items/${index}/learnerId`, message: words[fault] }),
  );
  const kinds = new Set(faults.values());
  const [first] = errors;
  const detail = `${first?.path} ${first?.message}. Nothing was changed.`;
  if (kinds.has('own') || kinds.has('stranger')) return new Problem('forbidden', detail, { errors });
  if (kinds.has('not-enrolled') || kinds.has('too-long'))
    return new Problem('invalid-request', detail, { errors });
  return new Problem('already-decided', detail, { errors });
}

export interface ListEnrolments extends Officer {
  readonly id: string;
  readonly state?: EnrolmentState | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('enrolments', isLearnerId);

/**
 * Who is enrolled in a training, also in a withdrawn one, for its reviewers, with what else of each may be the same event (T20).
 * @throws Problem `training-not-found`, `forbidden`, `unavailable`
 */
export async function listEnrolments(
  context: TrainingsContext,
  { id, organisationId, state, limit, cursor }: ListEnrolments,
): Promise<EnrolmentsPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  return whileStoresAnswer(async () => {
    const training = await context.trainings.evenHidden(id);
    if (training === null) throw trainingNotFound(id);
    if (organisationId !== null && training.organisationId !== organisationId) throw notTheirs(id);
    const search = { state: state ?? null, after: after as LearnerId | null, limit: limit + 1 };
    const found = await context.enrolments.ofTraining(id, search);
    const learnerIds = found.map(({ learnerId }) => learnerId);
    const similar = await similarEvents(context, training, learnerIds);
    const shape = (stored: StoredEnrolment) => ({
      ...enrolmentShape(stored),
      similar: similar.get(stored.learnerId) ?? [],
    });
    return pageOf(found, limit, shape, (last) => cursors.encode([last.learnerId]));
  });
}
