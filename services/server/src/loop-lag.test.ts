import { expect, test } from 'vitest';
import { createLagJudge } from './loop-lag.ts';

function judged(turnsMs: readonly number[]): boolean {
  const judge = createLagJudge();
  for (const ms of turnsMs) judge.late(ms);
  return judge.bad;
}

test('a process that is late again and again has too much to do', () => {
  expect(judged([600, 900, 800, 700])).toBe(true);
});

test('one long pause is none, nor is a load that is over', () => {
  expect(judged([9_000])).toBe(false);
  expect(judged([600, 900, 800, 700, 3])).toBe(false);
});
