import { LedgerUnavailable } from '@watchledger/ledger';
import { LockUnavailable } from '@watchledger/lock';
import type { Histogram, Observations } from './histogram.ts';
import type { Around } from './watched-port.ts';

/** Observes how long each command took, in seconds, by its outcome. */
export function timing(
  histogram: Histogram<'command' | 'outcome'>,
  now: () => number = () => performance.now(),
): (command: string) => Around {
  return (command) => {
    const series = new Map<string, Observations>();

    function observe(outcome: string, startedAt: number): void {
      let observations = series.get(outcome);
      if (observations === undefined) {
        observations = histogram.series({ command, outcome });
        series.set(outcome, observations);
      }
      observations.observe((now() - startedAt) / 1_000);
    }

    return (run, outcomeOf) => {
      const startedAt = now();
      return run().then(
        (reply) => {
          observe(outcomeOf(reply), startedAt);
          return reply;
        },
        (error: unknown) => {
          observe(failureOf(error), startedAt);
          throw error;
        },
      );
    };
  };
}

/** `unavailable`: the store did not answer or took no more; `failed`: anything else. */
export function failureOf(error: unknown): 'unavailable' | 'failed' {
  return error instanceof LockUnavailable || error instanceof LedgerUnavailable ? 'unavailable' : 'failed';
}
