import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('waits double from one second to a minute and stay there', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoff(failures, 0))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test('chance spreads each wait over its second half', () => {
  expect(backoff(2, 0.5)).toBe(3_000);
  expect(backoff(2, 1)).toBe(2_000);
});
