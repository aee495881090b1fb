import type { Readiness } from '@watchledger/contract';
import type { Instant } from '@watchledger/rules';

export interface ReadinessDeps {
  /** Rejects when the database takes no writes. */
  readonly database: () => Promise<void>;
  /** The time of the lock store, which stamps every fact. */
  readonly lockTime: () => Promise<Instant>;
  readonly wallClock: () => number;
}

type Check = Readiness['checks'][number];

const allowedDifferenceMs = 1_000;

/** Whether this process can do its work now: both stores answer, and the clocks agree within a second. */
export async function readiness({ database, lockTime, wallClock }: ReadinessDeps): Promise<Readiness> {
  const asked = wallClock();
  const lock = lockTime().then((time) => ({ time, between: (asked + wallClock()) / 2 }));
  const checks = await Promise.all([
    check('database', database()),
    check('lock', lock),
    check(
      'clock',
      lock.then(({ time, between }) => compare(time, between)),
    ),
  ]);
  return { ready: checks.every(({ ok }) => ok), checks };
}

async function check(name: string, doing: Promise<unknown>): Promise<Check> {
  try {
    await doing;
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function compare(time: number, here: number): void {
  const difference = Math.abs(time - here);
  if (difference > allowedDifferenceMs) {
    throw new Error(`the lock store's clock differs by ${Math.round(difference)} ms from this machine's`);
  }
}
