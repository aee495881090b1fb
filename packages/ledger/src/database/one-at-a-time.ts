import { LedgerUnavailable } from './problems.ts';

/**
 * Runs works one after the other, in the order in which they came. More than so many that wait are refused, so that a
 * rush of offices fills neither memory nor the connections that viewing needs.
 */
export function oneAtATime(mostWaiting: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work) => {
    if (waiting >= mostWaiting) return Promise.reject(new LedgerUnavailable('crowded'));
    waiting += 1;
    const mine = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = mine.catch(() => {});
    return mine;
  };
}
