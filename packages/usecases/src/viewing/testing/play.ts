import type { ViewingLedger } from '@watchledger/ledger';
import type { ViewingLock } from '@watchledger/lock';
import { milliseconds } from '@watchledger/rules';
import fc from 'fast-check';
import { CommitFaults } from './commit-faults.ts';
import { type Event, events } from './events.ts';
import { ProtocolPlay, promise } from './protocol-play.ts';
import { SharedCommit } from './shared-commit.ts';
import { createViewingBench } from './viewing-bench.ts';

/** A fault planted in the lock or the ledger, to prove that the play would notice it. */
export interface Planted {
  readonly lock?: (lock: ViewingLock) => ViewingLock;
  readonly ledger?: (ledger: ViewingLedger) => ViewingLedger;
  /** Where the random search begins; null: anywhere. */
  readonly seed: number | null;
}

/** Plays random interleavings; answers what broke, or null. */
export function playRandomly(runs: number, planted: Planted | null = null): Promise<string | null> {
  return playEach(events, runs, planted, async (play, script) => play.play(script));
}

/** One page plays on and reports, whatever the stores do; answers how an honest learner lost time, or null. */
export function playHonestly(runs: number): Promise<string | null> {
  const faults = fc.constantFrom<Event>(
    { do: 'wipe-lock' },
    { do: 'promote-stale-lock', back: 2 },
    { do: 'promote-stale-lock', back: 7 },
    { do: 'commit-fails' },
    { do: 'commit-outcome-unknown' },
  );
  const beat = fc.record({ ms: fc.integer({ min: 1, max: 20_000 }), fault: fc.option(faults, { freq: 2 }) });
  const script = fc.array(beat, { minLength: 1, maxLength: 40 });
  return playEach(script, runs, null, async (play, beats) => {
    const report: Event = { do: 'report', page: 0, extraMs: 0, playing: true };
    await play.play([{ do: 'open', page: 0, takeOver: false }]);
    for (const { ms, fault } of beats) {
      await play.play([...(fault === null ? [] : [fault]), { do: 'wait', ms }, report]);
    }
    await play.play([report]);
    const played = beats.reduce((sum, { ms }) => sum + ms, 0);
    const stored = await play.storedMs();
    promise(stored >= played, `an honest learner lost ${played - stored} ms of ${played}`);
  });
}

async function playEach<Script>(
  scripts: fc.Arbitrary<Script>,
  runs: number,
  planted: Planted | null,
  act: (play: ProtocolPlay, script: Script) => Promise<void>,
): Promise<string | null> {
  let faults = new CommitFaults();
  const shared = new SharedCommit();
  const bench = await createViewingBench({
    policy: { parallelViewing: 'take-over' },
    startsAt: '2026-12-31T15:50:00Z',
    wrapLock: planted?.lock ?? ((lock) => lock),
    wrapLedger: (ledger) => {
      const inner = planted?.ledger?.(ledger) ?? ledger;
      return {
        ...inner,
        open: (opening) => faults.meet(() => inner.open(opening)),
        record: async (progress) => {
          await shared.join();
          return faults.meet(() => inner.record(progress));
        },
      };
    },
  });
  for (const index of [0, 1, 2]) await bench.putCourseware(`cw-${index}`, milliseconds(7_200_000));
  let learner = 0;
  const property = fc.asyncProperty(scripts, async (script) => {
    learner += 1;
    faults = new CommitFaults();
    await act(new ProtocolPlay(bench, { faults, shared }, `u-${learner}`), script);
  });
  const search = planted === null ? {} : { endOnFailure: true, ...seeded(planted.seed) };
  const details = await fc.check(property, { numRuns: runs, ...search });
  if (!details.failed) return null;
  return `${details.errorInstance} after ${JSON.stringify(details.counterexample)}`;
}

function seeded(seed: number | null): { seed?: number } {
  return seed === null ? {} : { seed };
}
