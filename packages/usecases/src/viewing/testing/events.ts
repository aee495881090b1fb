import fc from 'fast-check';

/** What may happen, in any order: pages act, time passes, stores fail and forget. */
export type Event =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'open'; readonly page: number; readonly takeOver: boolean }
  | { readonly do: 'report'; readonly page: number; readonly extraMs: number; readonly playing: boolean }
  | { readonly do: 'replay'; readonly page: number }
  | { readonly do: 'end'; readonly page: number; readonly claims: boolean }
  | { readonly do: 'late-end'; readonly page: number; readonly extraMs: number }
  /** Two reports, or a report and an end, that wait for the same commit; the lock may be wiped between them. */
  | {
      readonly do: 'at-once';
      readonly page: number;
      readonly extraMs: readonly [number, number];
      readonly wipe: boolean;
      readonly ends: 'neither' | 'first' | 'second';
    }
  | { readonly do: 'wipe-lock' }
  | { readonly do: 'promote-stale-lock'; readonly back: number }
  | { readonly do: 'commit-fails' }
  | { readonly do: 'commit-outcome-unknown' }
  | { readonly do: 'commit-stalls' }
  | { readonly do: 'stalled-commits-go-on' };

const page = fc.integer({ min: 0, max: 2 });
const extraMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 30_000 }) },
  { weight: 1, arbitrary: fc.constant(10_000_000) },
);

export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.oneof(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 900_000 })),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), page, takeOver: fc.boolean() }) },
    {
      weight: 9,
      arbitrary: fc.record({ do: fc.constant('report' as const), page, extraMs, playing: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const), page }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const), page, claims: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('late-end' as const), page, extraMs }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('at-once' as const),
        page,
        extraMs: fc.tuple(extraMs, extraMs),
        wipe: fc.boolean(),
        ends: fc.constantFrom('neither' as const, 'first' as const, 'second' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'wipe-lock' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('promote-stale-lock' as const),
        back: fc.integer({ min: 1, max: 12 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'commit-fails' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'commit-outcome-unknown' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'commit-stalls' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'stalled-commits-go-on' as const }) },
  ),
  { minLength: 5, maxLength: 60 },
);
