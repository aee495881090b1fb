import type { Readiness } from '@watchledger/contract';
import type { Instant } from '@watchledger/rules';

export interface ReadinessDeps {
  /** Rejects when the database takes no writes. */
  readonly database: () => Promise<void>;
  /** Rejects when another process has put another policy in force. */
  readonly policyInForce: () => Promise<void>;
  /** The time of the lock store, which stamps every fact. */
  readonly lockTime: () => Promise<Instant>;
  /** The newest moment that the database knows; null: it is empty. */
  readonly newestReportAt: () => Promise<Instant | null>;
  readonly wallClock: () => number;
  /** Learns why a check has failed, which is nobody's business outside. */
  readonly onFailure: (failure: { readonly err: unknown }, message: string) => void;
}

type Check = Readiness['checks'][number];

const allowedDifferenceMs = 1_000;
/** A machine whose clock went back would refuse or forfeit honest time until it has caught up. */
const allowedAheadMs = 60_000;

/**
 * Whether this process can do its work now: both stores answer, its policy is in force, the clocks agree within
 * a second, and no stored report lies in the future.
 */
export async function readiness(deps: ReadinessDeps): Promise<Readiness> {
  const { database, policyInForce, lockTime, newestReportAt, wallClock, onFailure } = deps;
  const asked = wallClock();
  const lock = lockTime().then((time) => ({ time, between: (asked + wallClock()) / 2 }));
  const clock = Promise.all([lock, newestReportAt()]).then(([{ time, between }, newest]) => {
    compare(time, between);
    if (newest !== null) notAhead(newest, time);
  });

  async function check(name: string, words: string, doing: Promise<unknown>): Promise<Check> {
    try {
      await doing;
      return { name, ok: true };
    } catch (error) {
      onFailure({ err: error }, `not ready: ${name} ${words}`);
      return { name, ok: false, detail: words };
    }
  }
  const checks = await Promise.all([
    check('database', 'takes no writes', database()),
    check('policy', 'is no longer in force: restart this process', policyInForce()),
    check('lock', 'does not answer', lock),
    check('clock', 'cannot be trusted', clock),
  ]);
  return { ready: checks.every(({ ok }) => ok), checks };
}

/** Asks anew after a second only: everybody may ask, and each answer costs a commit. */
export function remembered(
  ask: () => Promise<Readiness>,
  now: () => number = () => performance.now(),
): () => Promise<Readiness> {
  let last: { readonly at: number; readonly answer: Promise<Readiness> } | null = null;
  return () => {
    if (last === null || now() - last.at >= rememberedMs) last = { at: now(), answer: ask() };
    return last.answer;
  };
}

const rememberedMs = 1_000;

function compare(time: number, here: number): void {
  const difference = Math.abs(time - here);
  if (difference > allowedDifferenceMs) {
    throw new Error(`the lock store's clock differs by ${Math.round(difference)} ms from this machine's`);
  }
}

function notAhead(newest: number, time: number): void {
  const ahead = newest - time;
  if (ahead > allowedAheadMs) {
    throw new Error(`a stored report lies ${Math.round(ahead)} ms in the future: the clock went back`);
  }
}
