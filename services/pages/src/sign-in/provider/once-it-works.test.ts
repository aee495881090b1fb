import { expect, test, vi } from 'vitest';
import { onceItWorks } from './once-it-works.ts';

test('it is made once for all', async () => {
  const make = vi.fn(async () => ({}));
  const made = onceItWorks(make, { pauseMs: 1_000 });
  expect(await made()).toBe(await made());
  expect(make).toHaveBeenCalledTimes(1);
});

test('what failed is tried again, not more than once in a pause', async () => {
  let now = 0;
  const make = vi.fn(async () => 'made').mockRejectedValueOnce(new Error('away'));
  const made = onceItWorks(make, { pauseMs: 1_000, now: () => now });
  await expect(made()).rejects.toThrow('away');
  now = 999;
  await expect(made()).rejects.toThrow('away');
  now = 1_000;
  expect(await made()).toBe('made');
  now = 9_999;
  expect(await made()).toBe('made');
  expect(make).toHaveBeenCalledTimes(2);
});
