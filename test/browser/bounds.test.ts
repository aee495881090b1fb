import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openDemo } from './demo.ts';

const words = {
  'en-US': {
    cap: ['Yearly cap reached', 'The cap of 2 seconds is reached and nothing more is credited'],
    limit: ['Limit reached', 'earns nothing more'],
  },
  'zh-CN': {
    cap: ['已达年度上限', '已达 2 秒上限，不再计入；请通过在职自学或线下学习补充'],
    limit: ['已达课件学时', '不再计入学时'],
  },
} as const;

describe.each(['en-US', 'zh-CN'] as const)(
  'what bounds credit is said in %s, and the video goes on',
  (language) => {
    test('the cap of the year (R5)', async () => {
      await using demo = await openDemo({ policy: { categories: { online: { cap: '2s' } } } });
      const { tab } = await demo.signIn('video', language);
      const [title, why] = words[language].cap;
      await tab.play();
      await tab.says('state', title, 6_000);
      await tab.says('why', why);
      const from = await tab.position();
      await pause(1_500);
      expect(await tab.position()).toBeGreaterThan(from + 1);
      await tab.pause();
      await tab.says('bound', why);
      const { online } = await demo.credits();
      expect(online).toMatchObject({ creditedSeconds: 2, remainingSeconds: 0 });
      expect(online.watchedSeconds).toBeGreaterThan(2);
      expect(await tab.text('online-credited')).toBe('0:00:02');
      expect(tab.faults).toEqual([]);
    });

    test('the limit of the courseware (R4)', async () => {
      await using demo = await openDemo();
      await demo.limit('demo-video', 2);
      const { tab } = await demo.signIn('video', language);
      const [title, why] = words[language].limit;
      await tab.play();
      await tab.says('state', title, 6_000);
      await tab.says('why', why);
      await pause(1_200);
      await tab.pause();
      const { online, courseware } = await demo.credits();
      expect(courseware).toMatchObject([{ coursewareId: 'demo-video', creditedSeconds: 2, limitSeconds: 2 }]);
      expect(online.watchedSeconds).toBeGreaterThan(2);
      expect(await tab.text('courseware-credited')).toBe('0:00:02');
      expect(tab.faults).toEqual([]);
    });
  },
);

test('a limit that is raised while the video plays earns again at once (R8)', async () => {
  await using demo = await openDemo();
  await demo.limit('demo-video', 1);
  const { tab } = await demo.signIn();
  await tab.play();
  await tab.says('state', 'Limit reached', 6_000);
  await demo.limit('demo-video', 1_000);
  await tab.says('state', 'Counting', 3_000);
  expect(tab.faults).toEqual([]);
});
