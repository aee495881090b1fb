import type { ClosedYear, Counted, CoursewareId, CreditPolicy, Milliseconds } from '@watchledger/rules';

/** The policy that a year was closed with, as its row keeps it: durations in milliseconds. */
export type StoredCreditPolicy = CreditPolicy;

/** What a closed year holds for one learner, as its row keeps it. */
export interface StoredFrozenCredits {
  readonly credited: ClosedYear['credited'];
  /** By courseware: credited and set off. */
  readonly courseware: readonly StoredCount[];
  /** By training that names courseware. */
  readonly trainings: readonly StoredCount[];
}

type StoredCount = readonly [id: string, creditedMs: Milliseconds, setOffMs: Milliseconds];

const nothing: StoredFrozenCredits = {
  credited: { online: 0, 'self-study': 0, offline: 0 } as StoredFrozenCredits['credited'],
  courseware: [],
  trainings: [],
};

/** A closed year of one learner; of one who had no facts in it, no row is kept. */
export function closedYear(
  year: number,
  policy: StoredCreditPolicy,
  { credited, courseware, trainings }: StoredFrozenCredits = nothing,
): ClosedYear {
  return {
    year,
    policy,
    credited,
    courseware: new Map(courseware.map(([id, ...counted]) => [id as CoursewareId, count(counted)])),
    trainings: new Map(trainings.map(([id, ...counted]) => [id, count(counted)])),
  };
}

export function frozenCredits({ credited, courseware, trainings }: ClosedYear): StoredFrozenCredits {
  return { credited, courseware: counts(courseware), trainings: counts(trainings) };
}

const count = ([creditedMs, setOffMs]: readonly [Milliseconds, Milliseconds]): Counted => ({
  creditedMs,
  setOffMs,
});

const counts = (of: ReadonlyMap<string, Counted>): StoredCount[] =>
  Array.from(of, ([id, { creditedMs, setOffMs }]): StoredCount => [id, creditedMs, setOffMs]).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
