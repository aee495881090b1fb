import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { expectTrue, openDemo } from './demo.ts';

describe('a second tab', () => {
  test('is refused, says what is open, and is let in as soon as the first is closed (R3, E3)', async () => {
    await using demo = await openDemo();
    const { tab: first, another } = await demo.signIn();
    await first.play();
    await first.says('state', 'Counting');

    const second = await another('/demo/document');
    await second.says('state', 'Not recorded');
    await second.says('conflict-heading', 'Another courseware is open');
    await second.says('conflict-what', 'How study hours are counted');
    await pause(1_200);
    await second.press('retry');
    await pause(300);
    await second.says('state', 'Not recorded');
    expect(await second.text('watched')).toBe('00:00');
    await first.pause();
    const playedMs = await first.played();
    const { courseware } = await demo.credits();
    expect(courseware.map(({ coursewareId }) => coursewareId)).toEqual(['demo-video']);
    expectTrue(courseware[0]?.creditedSeconds ?? 0, playedMs);

    await first.page.close();
    await second.press('retry');
    await second.says('state', 'Counting');
    expect((await demo.current())?.coursewareId).toBe('demo-document');
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  test('ends the other viewing by its button, wherever that is (R3)', async () => {
    await using demo = await openDemo();
    const { tab: first } = await demo.signIn();
    await first.play();
    await first.says('state', 'Counting');
    const { tab: second } = await demo.signIn('document');
    await second.says('state', 'Not recorded');
    await pause(1_000);
    await second.press('end-other');
    await second.says('state', 'Counting');
    await first.says('state', 'Ended');
    const playedMs = await first.played();
    await pause(1_500);
    await second.page.close();
    const { courseware, online } = await demo.credits();
    const video = courseware.find(({ coursewareId }) => coursewareId === 'demo-video');
    expect(video?.creditedSeconds).toBeGreaterThanOrEqual(1);
    expect(video?.creditedSeconds).toBeLessThanOrEqual((playedMs + 500) / 1_000);
    expect(online.watchedSeconds).toBeGreaterThan(video?.creditedSeconds ?? 0);
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  test('takes over where the policy lets it, and the first says so and can come back', async () => {
    await using demo = await openDemo({ policy: { parallelViewing: 'take-over' } });
    const { tab: first, another } = await demo.signIn();
    await first.play();
    await first.says('state', 'Counting');
    const second = await another();
    await second.play();
    await second.says('state', 'Not recorded');
    await second.says('why', 'This courseware is open in another place');
    await second.says('conflict-heading', 'This courseware is open in another place');
    await second.says('conflict-what', 'in another tab');
    expect((await demo.current())?.coursewareId).toBe('demo-video');
    await second.press('take-over');
    await second.says('state', 'Counting');
    await first.says('state', 'Continued elsewhere');
    expect(await first.position()).toBeGreaterThan(0);

    await second.page.close();
    await first.press('resume');
    await first.says('state', 'Counting');
    expect([...first.faults, ...second.faults]).toEqual([]);
  });
});

test('a refused tab that plays is let in by itself once the first is gone', async () => {
  await using demo = await openDemo();
  const { tab: first, another } = await demo.signIn();
  await first.play();
  await first.says('state', 'Counting');
  const second = await another();
  await second.play();
  await second.says('state', 'Not recorded');
  await first.page.close();
  // The SDK asks every 15 s.
  await second.says('state', 'Counting', 17_000);
  await second.pause();
  expect((await demo.current())?.watchedMs).toBeLessThan(3_000);
});

test('on a phone, a refused document still begins on the first screen', async () => {
  await using demo = await openDemo();
  const { tab: first, another } = await demo.signIn();
  await first.play();
  await first.says('state', 'Counting');
  const second = await another('/');
  await second.page.setViewportSize({ width: 390, height: 844 });
  await second.page.goto(`${demo.service.url}/demo/document`);
  await second.says('state', 'Not recorded');
  await second.page.locator('[data-do=end-other]').waitFor();
  const top = async (part: string) => (await second.page.locator(part).boundingBox())?.y ?? Number.NaN;
  expect(await top('#recording')).toBeLessThan(await top('#document'));
  expect(await top('.leaf:visible h2')).toBeLessThan(844);

  await second.press('end-other');
  await second.says('state', 'Counting');
  expect(await top('#document')).toBeLessThan(await top('#recording'));
  const limit = second.page.locator('[data-show=courseware-all]');
  expect(await limit.isVisible()).toBe(false);
  await second.page.locator('summary', { hasText: 'This courseware' }).click();
  expect(await limit.isVisible()).toBe(true);
  expect([...first.faults, ...second.faults]).toEqual([]);
});

test('a duplicated tab is a client of its own, although it copies the storage', async () => {
  await using demo = await openDemo();
  const { tab: first } = await demo.signIn();
  await first.play();
  await first.says('state', 'Counting');
  const opened = first.page.context().waitForEvent('page');
  await first.page.evaluate(() => void window.open(location.href));
  const twin = await opened;
  await twin.waitForSelector('#recording');
  expect(await twin.evaluate(() => sessionStorage.getItem('watchledger.client'))).not.toBeNull();
  await twin.locator('video').click();
  const state = twin.locator('[data-show=state]');
  await expect.poll(() => state.textContent(), { timeout: 5_000 }).toBe('Not recorded');
  await first.says('state', 'Counting');
});
