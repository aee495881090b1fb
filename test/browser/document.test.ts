import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDemo } from './demo.ts';

test('a document counts with activity, waits without, and goes on with the next move (E24)', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn('document');
  await tab.says('state', 'Counting');
  await tab.says('state', 'No activity', 4_000);
  await pause(1_200);
  // Opening it was activity; from then on it counts for `documentIdle`.
  const untouched = (await demo.current())?.watchedMs ?? 0;
  expect(untouched).toBeGreaterThan(1_500);
  expect(untouched).toBeLessThanOrEqual(2_000);
  await pause(1_000);
  expect((await demo.current())?.watchedMs).toBeLessThanOrEqual(2_000);

  const since = performance.now();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) {
    await tab.page.locator('.leaf:visible').press(key);
    await tab.says('state', 'Counting');
    await pause(900);
  }
  const movedMs = performance.now() - since;
  await tab.says('state', 'No activity', 4_000);
  await pause(1_200);
  const goneOn = ((await demo.current())?.watchedMs ?? 0) - untouched;
  // The last key was pressed 900 ms before the end, or a little more on a slow machine.
  expect(goneOn).toBeGreaterThan(movedMs - 900 + 2_000 - 600);
  expect(goneOn).toBeLessThan(movedMs - 900 + 2_000 + 400);
  expect((await demo.credits()).courseware).toMatchObject([{ coursewareId: 'demo-document' }]);
  expect(tab.faults).toEqual([]);
});

test('what a script pretends to do is no activity', async () => {
  await using demo = await openDemo();
  const { tab } = await demo.signIn('document');
  await tab.says('state', 'No activity', 5_000);
  await tab.page.evaluate(() => {
    for (const type of ['keydown', 'pointermove', 'scroll']) {
      document.querySelector('.leaf')?.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
  await pause(700);
  await tab.says('state', 'No activity');
});
