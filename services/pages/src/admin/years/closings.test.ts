import { expect, test, vi } from 'vitest';
import { Closings } from './closings.ts';

test('a closing that is soon over is told of at once, one that takes longer goes on', async () => {
  vi.useFakeTimers();
  const closings = new Closings();
  expect(await closings.begin(2025, Promise.resolve(), 1_000)).toEqual({ ok: true });
  const refused = new Error('pending');
  expect(await closings.begin(2025, Promise.reject(refused), 1_000)).toEqual({ ok: false, why: refused });
  expect(closings.failureOf(2025)).toBeUndefined();

  let fail: (why: Error) => void = () => {};
  const long = closings.begin(2025, new Promise((_, reject) => (fail = reject)), 1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await long).toBeNull();
  fail(refused);
  await vi.advanceTimersByTimeAsync(0);
  // Whoever looks is told, not only who looks first, until it is begun anew.
  for (const _ of ['one admin', 'another']) expect(closings.failureOf(2025)).toBe(refused);
  await closings.begin(2025, Promise.resolve(), 1_000);
  expect(closings.failureOf(2025)).toBeUndefined();
  vi.useRealTimers();
});
