import { expect, test, vi } from 'vitest';
import { Closings } from './closings.ts';

test('a closing that is soon over is told of at once, one that takes longer goes on', async () => {
  vi.useFakeTimers();
  const closings = new Closings();
  expect(await closings.begin(2025, Promise.resolve(), 1_000)).toEqual({ ok: true });
  const refused = new Error('pending');
  expect(await closings.begin(2025, Promise.reject(refused), 1_000)).toEqual({ ok: false, why: refused });
  expect(closings.takeFailure(2025)).toBeUndefined();

  let fail: (why: Error) => void = () => {};
  const long = closings.begin(2025, new Promise((_, reject) => (fail = reject)), 1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await long).toBeNull();
  fail(refused);
  await vi.advanceTimersByTimeAsync(0);
  expect(closings.takeFailure(2025)).toBe(refused);
  expect(closings.takeFailure(2025)).toBeUndefined();
  vi.useRealTimers();
});
