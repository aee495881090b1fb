import { expect, test } from 'vitest';
import { becomesMute } from './alertness.ts';
import { NoAnswer } from './line.ts';

/** Time passes by its pauses alone. */
function clock() {
  let at = 0;
  const pause = async (ms: number) => {
    at += ms;
  };
  return { pause, now: () => at };
}

const never = new Promise<never>(() => {});
const mute = () => Promise.reject(new NoAnswer('alive was not answered'));

test('a worker is mute when it has not answered for 30 s', async () => {
  const { pause, now } = clock();
  expect(await becomesMute({ ask: mute, ended: never, pause, now })).toBe(true);
  expect(now()).toBe(30_000);
});

test('one that answers now and then is not', async () => {
  const ended = Promise.withResolvers<void>();
  const { pause, now } = clock();
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked === 100) ended.resolve();
    if (asked % 5 !== 0) await mute();
  };
  expect(await becomesMute({ ask, ended: ended.promise, pause, now })).toBe(false);
  expect(asked).toBe(100);
});
