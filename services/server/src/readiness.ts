import type { Readiness } from '@watchledger/contract';
import type { LockHealth } from '@watchledger/lock';
import type { Instant } from '@watchledger/rules';
import { storeAway } from './store-away.ts';

export interface ReadinessDeps {
  /** Rejects when the database takes no writes. */
  readonly database: () => Promise<void>;
  /** Rejects when another process has put another policy in force. */
  readonly policyInForce: () => Promise<void>;
  /** The time of the lock store, which stamps every fact; rejects when none of its nodes answers. */
  readonly lockHealth: () => Promise<LockHealth>;
  /** The newest moment that the database knows; null: it is empty. */
  readonly newestReportAt: () => Promise<Instant | null>;
  /** What is wanted, but not needed to count hours. */
  readonly wanted: readonly Wanted[];
  readonly wallClock: () => number;
  /** Learns why a check has failed, which is nobody's business outside. */
  readonly onFailure: (failure: { readonly err: unknown }, message: string) => void;
  /** Learns the lock store's clock minus this machine's, in ms, as far as it is certain; null: it does not answer. */
  readonly onClockDifference?: (ms: number | null) => void;
  /** Milliseconds that a check waits for its answer. */
  readonly patienceMs?: number;
}

/** Something without which the service works, but is degraded. */
export interface Wanted {
  readonly name: string;
  /** What is wrong when it fails, in words for everybody: `cannot be read`. */
  readonly words: string;
  /** Rejects when it is not as it should be. */
  readonly probe: () => Promise<void>;
}

type Check = Readiness['checks'][number];

const allowedDifferenceMs = 1_000;
const goodDifferenceMs = 250;
/** A machine whose clock went back would refuse or forfeit honest time until it has caught up. */
const allowedAheadMs = 60_000;

/**
 * Whether this process can do its work now. It is `down` unless both stores answer, its policy is in force, the
 * clocks agree within a second, and no stored report lies in the future; `degraded` when it works, but the clocks
 * differ by more than a quarter of a second, a part of the lock store or something else that is wanted fails.
 */
export async function readiness(deps: ReadinessDeps): Promise<Readiness> {
  const { database, policyInForce, lockHealth, newestReportAt, wanted, wallClock, onFailure } = deps;
  const { onClockDifference = () => {}, patienceMs = 3_000 } = deps;
  const soon = <Answer>(asking: Promise<Answer>) => within(patienceMs, asking);
  const asked = wallClock();
  const health = soon(lockHealth()).then(({ now, away }) => {
    return { now, away, difference: certainDifference(now, asked, wallClock()) };
  });
  health.then(
    ({ difference }) => onClockDifference(difference),
    () => onClockDifference(null),
  );
  const lock = health.then(({ away }) => allAnswer(away));
  const newestReport = told('the database', soon(newestReportAt()));
  const clock = Promise.all([told('the lock store', health), newestReport]).then(
    ([{ now, difference }, newest]) => {
      if (newest !== null) notAhead(newest, now);
      closeEnough(difference);
    },
  );
  const policy = soon(policyInForce()).catch((error: unknown) => {
    throw storeAway(error) !== null || error instanceof NoAnswer ? untold('the database', error) : error;
  });

  async function check(name: string, words: string, level: 'degraded' | 'down', doing: Promise<unknown>) {
    try {
      await doing;
      return { name, ok: true, level: 'ok' } satisfies Check;
    } catch (error) {
      const failed =
        error instanceof Finding ? { level: error.level, detail: error.words } : { level, detail: words };
      onFailure(
        { err: error instanceof Finding && error.cause !== undefined ? error.cause : error },
        `${failed.level === 'down' ? 'not ready' : 'degraded'}: ${name} ${failed.detail}`,
      );
      return { name, ok: false, ...failed } satisfies Check;
    }
  }
  const checks: Check[] = await Promise.all([
    check('database', 'takes no writes', 'down', soon(database())),
    check('policy', 'is no longer in force: restart this process', 'down', policy),
    check('lock', 'does not answer', 'down', lock),
    check('clock', 'cannot be trusted', 'down', clock),
    ...wanted.map(({ name, words, probe }) => check(name, words, 'degraded', soon(probe()))),
  ]);
  const status = checks.some(({ level }) => level === 'down')
    ? 'down'
    : checks.some(({ ok }) => !ok)
      ? 'degraded'
      : 'ok';
  return { ready: status !== 'down', status, checks };
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

/** Why a check fails, where that is another reason than usual. */
export class Finding extends Error {
  readonly level: 'degraded' | 'down';
  readonly words: string;

  constructor(level: 'degraded' | 'down', words: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.level = level;
    this.words = words;
  }
}

/** A check that needs what a store does not tell finds neither that all is well nor that it is not. */
function untold(store: string, cause: unknown): Finding {
  return new Finding('down', `cannot be told while ${store} is away`, `${store} is away`, { cause });
}

function told<Answer>(store: string, asking: Promise<Answer>): Promise<Answer> {
  return asking.catch((error: unknown) => {
    throw untold(store, error);
  });
}

function allAnswer(away: number): void {
  if (away === 0) return;
  const message = `nodes of the lock store that do not answer: ${away}`;
  throw new Finding('degraded', 'does not answer for a part of the learners', message);
}

/** How far a time lies outside the moments of asking and answering: a slow answer is no difference. */
function certainDifference(time: number, asked: number, answered: number): number {
  return Math.min(time - asked, 0) + Math.max(time - answered, 0);
}

function closeEnough(differenceMs: number): void {
  const difference = Math.round(Math.abs(differenceMs));
  const message = `the lock store's clock differs by ${difference} ms from this machine's`;
  if (difference > allowedDifferenceMs) throw new Error(message);
  if (difference > goodDifferenceMs) {
    throw new Finding(
      'degraded',
      `differs by more than ${goodDifferenceMs} ms between the machines`,
      message,
    );
  }
}

function notAhead(newest: number, time: number): void {
  const ahead = newest - time;
  if (ahead > allowedAheadMs) {
    throw new Error(`a stored report lies ${Math.round(ahead)} ms in the future: the clock went back`);
  }
}

class NoAnswer extends Error {}

/** A store that hangs must not keep whoever asks after it waiting. */
function within<Answer>(ms: number, doing: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([doing, late]).finally(() => clearTimeout(timer));
}
