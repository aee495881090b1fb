import { LRUCache } from 'lru-cache';

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
}

/** Keeps answers for a minute, dear ones for ten. */
export function createRemembered<Key extends number | string, Answer extends object>({
  freshMs = 60_000,
  staleMs = 600_000,
  dearMs = 1_000,
  clock = () => performance.now(),
  most = 50,
}: RememberedOptions = {}): Remembered<Key, Answer> {
  const known = new LRUCache<Key, Made<Answer>>({ max: most });
  const underWay = new Map<Key, Promise<Answer>>();

  function made(key: Key, make: () => Promise<Answer>): Promise<Answer> {
    const begun = clock();
    const making = make()
      .then((answer) => {
        const at = clock();
        known.set(key, { answer, at, dear: at - begun > dearMs });
        return answer;
      })
      .finally(() => underWay.delete(key));
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

interface Made<Answer> {
  readonly answer: Answer;
  readonly at: number;
  readonly dear: boolean;
}
