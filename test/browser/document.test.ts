import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDemo } from './demo.ts';

test('a document counts with activity, waits without, and goes on with the next move (E24)', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn('document');
  await tab.says('state', 'Counting');
  await tab.says('state', 'No activity', 4_000);

  // What a script pretends to do is no activity.
  await tab.page.evaluate(() => {
    for (const type of ['keydown', 'pointermove', 'scroll']) {
      document.querySelector('.leaf')?.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
  await pause(1_500);
  await tab.says('state', 'No activity');
  // Opening it was activity; from then on it counts for `documentIdle`.
  const untouched = (await demo.current())?.watchedMs ?? 0;
  expect(untouched).toBeGreaterThan(1_500);
  expect(untouched).toBeLessThanOrEqual(2_000);

  const since = performance.now();
  let lastMoveMs = 0;
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) {
    await pause(600);
    await tab.page.locator('.leaf:visible').press(key);
    lastMoveMs = performance.now() - since;
    await tab.says('state', 'Counting');
  }
  await tab.says('state', 'No activity', 4_000);
  await pause(1_200);
  const goneOn = ((await demo.current())?.watchedMs ?? 0) - untouched;
  // From the first move, 600 ms after the start, until `documentIdle` after the last.
  expect(goneOn).toBeGreaterThan(lastMoveMs - 600 + 2_000 - 600);
  expect(goneOn).toBeLessThan(lastMoveMs - 600 + 2_000 + 400);
  expect((await demo.credits()).courseware).toMatchObject([{ coursewareId: 'demo-document' }]);
  expect(tab.faults).toEqual([]);
});
