import { LRUCache } from 'lru-cache';
import { unavailable } from '../stores/unavailable.ts';

/** Answers that are dear to make, and may be a little old. */
export interface Remembered<Key, Answer> {
  /** Made once for all who ask at the same time. */
  of(key: Key, make: () => Promise<Answer>): Promise<Answer>;
}

export interface RememberedOptions {
  /** How long an answer is given again, in milliseconds. */
  readonly freshMs?: number;
  /** One that took longer than `dearMs` to make is given so long while the next is being made. */
  readonly staleMs?: number;
  readonly dearMs?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number;
  readonly most?: number;
  /** Answers are made one at a time; beyond so many that wait, asking is refused. */
  readonly mostWaiting?: number;
}

/** Keeps answers for a minute, dear ones for ten. Rejects with Problem `unavailable` where too many are to be made. */
export function createRemembered<Key extends number | string, Answer extends object>({
  freshMs = 60_000,
  staleMs = 600_000,
  dearMs = 1_000,
  clock = () => performance.now(),
  most = 5,
  mostWaiting = 3,
}: RememberedOptions = {}): Remembered<Key, Answer> {
  const known = new LRUCache<Key, Made<Answer>>({ max: most });
  const underWay = new Map<Key, Promise<Answer>>();
  const inTurn = oneAtATime(mostWaiting);

  function made(key: Key, make: () => Promise<Answer>): Promise<Answer> {
    const timed = async () => {
      const begun = clock();
      const answer = await make();
      const at = clock();
      known.set(key, { answer, at, dear: at - begun > dearMs });
      return answer;
    };
    const making = inTurn(timed).finally(() => underWay.delete(key));
    underWay.set(key, making);
    return making;
  }

  return {
    of(key, make) {
      const last = known.get(key);
      const age = last === undefined ? Number.POSITIVE_INFINITY : clock() - last.at;
      if (last !== undefined && age < freshMs) return Promise.resolve(last.answer);
      const next = underWay.get(key) ?? made(key, make);
      if (last === undefined || !last.dear || age >= staleMs) return next;
      // Who is given the older answer is not told that the next one could not be made; who waits for it is.
      next.catch(() => {});
      return Promise.resolve(last.answer);
    },
  };
}

/** Runs works one after the other, the first one at once. */
function oneAtATime(mostWaiting: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let pending = 0;
  return (work) => {
    if (pending > mostWaiting)
      return Promise.reject(unavailable('Figures of other years are being made: come again.', 5));
    pending += 1;
    const mine = (pending === 1 ? work() : last.then(work)).finally(() => {
      pending -= 1;
    });
    last = mine.catch(() => {});
    return mine;
  };
}

interface Made<Answer> {
  readonly answer: Answer;
  readonly at: number;
  readonly dear: boolean;
}
