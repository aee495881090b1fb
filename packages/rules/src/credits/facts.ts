import type { Category } from '../policy.ts';
import type { CoursewareId, DayNumber, Instant, Milliseconds, SessionId } from '../quantities.ts';

/** Accepted time of one session on one calendar day. */
export type WatchedFact = {
  readonly kind: 'watched';
  readonly id: SessionId;
  readonly coursewareId: CoursewareId;
  readonly day: DayNumber;
  readonly firstMoment: Instant;
  readonly ms: Milliseconds;
};

/** A confirmed training, on the day the event ended (R11). */
export type TrainingFact = {
  readonly kind: 'training';
  readonly id: string;
  readonly day: DayNumber;
  readonly firstMoment: Instant;
  readonly onlineMs: Milliseconds;
  readonly offlineMs: Milliseconds;
  /** Courseware whose watched time does not count beside the online part. */
  readonly coursewareIds: readonly CoursewareId[];
};

/** An approved activity with the approved time, on its last day (R10). */
export type ActivityFact = {
  readonly kind: 'activity';
  readonly id: string;
  readonly category: Category;
  readonly day: DayNumber;
  readonly firstMoment: Instant;
  readonly ms: Milliseconds;
};

/** One thing that may earn a learner credit. */
export type Fact = WatchedFact | TrainingFact | ActivityFact;

const RANK = { watched: 0, training: 1, activity: 2 } as const;

/**
 * The order in which facts earn (R7): day, watched before trainings before activities, first moment, id.
 * Ids are ASCII, so the order of UTF-16 units is the order of bytes.
 */
export function compareFacts(a: Fact, b: Fact): number {
  return (
    a.day - b.day ||
    RANK[a.kind] - RANK[b.kind] ||
    a.firstMoment - b.firstMoment ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** The facts in the order in which they earn, whatever the order in which they arrived. */
export const sortFacts = (facts: readonly Fact[]): Fact[] => facts.toSorted(compareFacts);
