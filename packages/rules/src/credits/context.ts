import type { Category, Policy } from '../policy.ts';
import type { CoursewareId, Milliseconds } from '../quantities.ts';

/** The part of the policy that decides about credits. */
export type CreditPolicy = Pick<Policy, 'goal' | 'categories' | 'coursewareLimitScope'>;

/** Everything besides one learner's facts that decides about their credits. */
export type CreditContext = {
  readonly policy: CreditPolicy;
  /** The limit of any courseware that occurs in a fact or in a closed year (R4). */
  readonly limitOf: (coursewareId: CoursewareId) => Milliseconds;
  /** Every closed year, as frozen for this learner; a year without a snapshot is open (R8). */
  readonly closedYears: readonly ClosedYear[];
};

/** What a closed year holds for one learner for good (R8). */
export type ClosedYear = {
  readonly year: number;
  readonly policy: CreditPolicy;
  readonly credited: Readonly<Record<Category, Milliseconds>>;
  readonly courseware: ReadonlyMap<CoursewareId, Counted>;
  /** The online parts of those trainings that name courseware, by training id. */
  readonly trainings: ReadonlyMap<string, Counted>;
};

/** How time of a courseware, or of a training that names courseware, counted in a year (R11). */
export type Counted = {
  readonly creditedMs: Milliseconds;
  /** Time that earned nothing here because it counts on the other side. */
  readonly setOffMs: Milliseconds;
};
