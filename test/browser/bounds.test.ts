import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDemo } from './demo.ts';

test('at the cap of the year the video goes on, and the page says why nothing counts (R5)', async () => {
  await using demo = await openDemo({ policy: { categories: { online: { cap: '2s' } } } });
  const { tab } = await demo.signIn('video', 'zh-CN');
  const why = '已达 2 秒上限，不再计入；请通过在职自学或线下学习补充';
  await tab.play();
  await tab.says('state', '已达年度上限', 6_000);
  await tab.says('why', why);
  const from = await tab.position();
  await pause(1_300);
  expect(await tab.position()).toBeGreaterThan(from + 1);
  await tab.pause();
  await tab.says('bound', why);
  expect(await tab.text('online-credited')).toBe('0:00:02');
  const { online } = await demo.credits();
  expect(online).toMatchObject({ creditedSeconds: 2, remainingSeconds: 0 });
  expect(online.watchedSeconds).toBeGreaterThan(2);

  await tab.page.goto(`${demo.service.url}/demo/video?lang=en`);
  await tab.says('online-credited', '0:00:02');
  await tab.play();
  await tab.says('state', 'Yearly cap reached');
  await tab.says('why', 'The cap of 2 seconds is reached and nothing more is credited');
  await tab.pause();
  expect((await demo.credits()).online.creditedSeconds).toBe(2);
  expect(tab.faults).toEqual([]);
});

test('at the limit of the courseware too (R4); raised while the video plays, it earns again (R8)', async () => {
  await using demo = await openDemo();
  await demo.limit('demo-video', 2);
  const { tab } = await demo.signIn();
  await tab.play();
  await tab.says('state', 'Limit reached', 6_000);
  await tab.says('why', 'earns nothing more');
  await pause(1_200);
  await tab.pause();
  expect(await tab.text('courseware-credited')).toBe('0:00:02');
  const { online, courseware } = await demo.credits();
  expect(courseware).toMatchObject([{ coursewareId: 'demo-video', creditedSeconds: 2, limitSeconds: 2 }]);
  expect(online.watchedSeconds).toBeGreaterThan(2);

  await tab.page.goto(`${demo.service.url}/demo/video?lang=zh-CN`);
  await tab.play();
  await tab.says('state', '已达课件学时');
  await tab.says('why', '不再计入学时');
  await demo.limit('demo-video', 1_000);
  await tab.says('state', '正在计时', 3_000);
  expect(tab.faults).toEqual([]);
});
