import { setTimeout as pause } from 'node:timers/promises';
import type { Lab, LabTab, Visitor } from './lab.ts';
import { labTab } from './lab.ts';

/** What a story found, in ms; `sdk` is null where the page that measured is gone. */
export interface Found {
  readonly truth: number;
  readonly sdk: number | null;
}

export interface Story {
  readonly name: string;
  /** Plays it. The service's figure is looked up when it is over. */
  play(visitor: Visitor, lab: Lab): Promise<Found>;
}

const SECOND = 1_000;

/** Pauses, so that everything is reported, and compares. */
async function over(tab: LabTab): Promise<Found> {
  await tab.pause();
  return { truth: await tab.playedMs(), sdk: await tab.measuredMs() };
}

/** A story of one video in one tab, paused at its end. */
function video(
  name: string,
  act: (tab: LabTab, lab: Lab, visitor: Visitor) => Promise<void>,
  src?: string,
): Story {
  return {
    name,
    async play(visitor, lab) {
      const tab = await visitor.open('/video', src === undefined ? {} : { src });
      await act(tab, lab, visitor);
      const found = await over(tab);
      await tab.page.close();
      return found;
    },
  };
}

async function behind(tab: LabTab, ms: number): Promise<void> {
  const other = await tab.page.context().newPage();
  await other.bringToFront();
  await pause(ms);
  await tab.page.bringToFront();
  await other.close();
}

const atRate = (rate: number) =>
  video(`${rate}× speed`, async (tab) => {
    await tab.set('playbackRate', rate);
    await tab.play();
    await pause(rate > 4 ? SECOND : 4 * SECOND);
  });

export const stories: readonly Story[] = [
  video('play, pause', async (tab) => {
    await tab.play();
    await pause(4 * SECOND);
  }),
  video('ten plays and pauses', async (tab) => {
    for (let n = 0; n < 10; n += 1) {
      await tab.play();
      await pause(400);
      await tab.page.evaluate(() => document.querySelector('video')?.pause());
      await pause(200);
    }
    await tab.play();
  }),
  video('a storm of seeks', async (tab) => {
    await tab.play();
    await pause(SECOND);
    for (let n = 0; n < 25; n += 1) {
      await tab.set('currentTime', (n * 7) % 15);
      await pause(40);
    }
    await pause(SECOND);
  }),
  video('seeks, as people make them', async (tab) => {
    await tab.play();
    for (const to of [10, 2, 14, 5]) {
      await pause(SECOND);
      await tab.set('currentTime', to);
    }
    await pause(SECOND);
  }),
  video('a seek while paused', async (tab) => {
    await tab.play();
    await pause(SECOND);
    await tab.page.evaluate(() => document.querySelector('video')?.pause());
    await pause(SECOND);
    await tab.set('currentTime', 8);
    await pause(SECOND);
    await tab.play();
    await pause(2 * SECOND);
  }),
  video(
    'a stall by a slow server',
    async (tab) => {
      await tab.play();
      await tab.page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 4) < 3);
      await pause(SECOND);
      await tab.page.waitForFunction(() => document.querySelector('video')?.readyState === 4);
      await pause(2 * SECOND);
    },
    '/stalling.webm',
  ),
  atRate(0.5),
  atRate(1),
  atRate(2),
  atRate(16),
  video('a change of speed in the middle', async (tab) => {
    await tab.play();
    await pause(SECOND);
    await tab.set('playbackRate', 2);
    await pause(2 * SECOND);
    await tab.set('playbackRate', 0.5);
    await pause(SECOND);
  }),
  video('a loop', async (tab) => {
    await tab.set('loop', true);
    await tab.set('currentTime', 18);
    await tab.play();
    await pause(5 * SECOND);
  }),
  video('to its end, and anew', async (tab) => {
    await tab.set('currentTime', 18);
    await tab.play();
    await pause(4 * SECOND);
    await tab.set('currentTime', 0);
    await tab.play();
    await pause(2 * SECOND);
  }),
  video('another source in its place', async (tab) => {
    await tab.play();
    await pause(2 * SECOND);
    await tab.set('src', '/other.webm');
    await tab.play();
    await pause(2 * SECOND);
  }),
  video('sound on and off', async (tab) => {
    await tab.play();
    for (const muted of [false, true, false, true]) {
      await pause(700);
      await tab.set('muted', muted);
    }
  }),
  video('hidden behind another tab', async (tab) => {
    await tab.play();
    await pause(2 * SECOND);
    await behind(tab, 4 * SECOND);
    await pause(2 * SECOND);
  }),
  video('hidden and back, again and again', async (tab) => {
    await tab.play();
    for (let n = 0; n < 5; n += 1) {
      await pause(600);
      await behind(tab, 500);
    }
    await pause(600);
  }),
  video('frozen for sixty seconds', async (tab) => {
    await tab.play();
    await pause(2 * SECOND);
    const other = await tab.page.context().newPage();
    await other.bringToFront();
    await pause(500);
    await tab.devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await pause(60 * SECOND);
    await tab.devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await tab.page.bringToFront();
    await other.close();
    await tab.play();
    await pause(2 * SECOND);
  }),
  video('main thread blocked for five seconds', async (tab) => {
    await tab.play();
    await pause(SECOND);
    await tab.page.evaluate(() => {
      const until = performance.now() + 5_000;
      while (performance.now() < until);
    });
    await pause(SECOND);
  }),
  video('a reload', async (tab) => {
    await tab.play();
    await pause(2_300);
    await tab.page.reload();
    await tab.play();
    await pause(2_300);
  }),
  video('three reloads, one after the other', async (tab) => {
    for (let n = 0; n < 3; n += 1) {
      await tab.play();
      await pause(1_300);
      await tab.page.reload();
    }
    await tab.play();
    await pause(SECOND);
  }),
  video('back-forward cache, there and back', async (tab, lab) => {
    await tab.play();
    await pause(2 * SECOND);
    await tab.page.goto(`${lab.site.url}/away`);
    await pause(2 * SECOND);
    await tab.page.goBack({ waitUntil: 'commit' });
    await tab.page.waitForFunction(() => document.querySelector('video') !== null);
    await tab.play();
    await pause(2 * SECOND);
  }),
  {
    name: 'left for another page',
    async play(visitor, lab) {
      const tab = await visitor.open('/video');
      await tab.play();
      await pause(2_700);
      const sdk = await tab.measuredMs();
      const truth = await tab.playedMs();
      await tab.page.goto(`${lab.site.url}/away`);
      await pause(500);
      await tab.page.close();
      return { truth, sdk };
    },
  },
  {
    name: 'the tab is closed',
    async play(visitor) {
      const tab = await visitor.open('/video');
      await tab.play();
      await pause(2_700);
      const sdk = await tab.measuredMs();
      const truth = await tab.playedMs();
      await tab.page.close({ runBeforeUnload: false });
      await pause(500);
      return { truth, sdk };
    },
  },
  {
    name: 'crash of the tab',
    async play(visitor) {
      const tab = await visitor.open('/video');
      await tab.play();
      await pause(2_300);
      const sdk = await tab.measuredMs();
      const truth = await tab.playedMs();
      const gone = tab.page.waitForEvent('crash');
      tab.page.goto('chrome://crash').catch(() => {});
      await gone;
      await tab.page.close();
      return { truth, sdk };
    },
  },
  video('offline for twenty seconds', async (tab) => {
    await tab.set('loop', true);
    await tab.play();
    await pause(2 * SECOND);
    const conditions = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await tab.devtools.send('Network.enable');
    await tab.devtools.send('Network.emulateNetworkConditions', { offline: true, ...conditions });
    await pause(20 * SECOND);
    await tab.devtools.send('Network.emulateNetworkConditions', { offline: false, ...conditions });
    await tab.heartbeat();
  }),
  video('a network that takes a second', async (tab) => {
    await tab.devtools.send('Network.enable');
    const conditions = { latency: 1_000, downloadThroughput: -1, uploadThroughput: -1 };
    await tab.devtools.send('Network.emulateNetworkConditions', { offline: false, ...conditions });
    await tab.play();
    await pause(6 * SECOND);
  }),
  video('service killed and restarted', async (tab, lab) => {
    await tab.set('loop', true);
    await tab.play();
    await pause(2 * SECOND);
    await lab.service.kill();
    await pause(3 * SECOND);
    await lab.service.restart();
    await tab.heartbeat();
    await pause(SECOND);
  }),
  video('Redis wiped', async (tab, lab) => {
    await tab.play();
    await pause(2 * SECOND);
    await lab.redis.restartEmpty();
    await tab.heartbeat();
    await pause(2 * SECOND);
  }),
  video('two tabs duelling', async (tab, _, visitor) => {
    await tab.play();
    await pause(SECOND);
    const rival = await visitor.open('/video', { courseware: 'other' });
    await rival.page.evaluate(() => document.querySelector('video')?.play());
    // In front of both in turn: only one of them is seen at a time, and only the first is recorded.
    for (let n = 0; n < 3; n += 1) {
      await pause(700);
      await tab.page.bringToFront();
      await pause(700);
      await rival.page.bringToFront();
    }
    await tab.page.bringToFront();
    await rival.page.close();
    await pause(500);
  }),
  video('a duplicated tab', async (tab) => {
    await tab.play();
    await pause(SECOND);
    const twin = tab.page.context().waitForEvent('page');
    await tab.page.evaluate(() => void window.open(location.href));
    const other = await labTab(await twin);
    await other.page.waitForFunction(() => 'lab' in window);
    await other.page.evaluate(() => document.querySelector('video')?.play());
    await pause(1_500);
    await tab.page.bringToFront();
    await pause(1_500);
    await other.page.close();
  }),
  video('ended elsewhere, and played on', async (tab, _, visitor) => {
    await tab.play();
    await pause(2 * SECOND);
    const { body } = await visitor.elsewhere.get<{ sessionId: string }>('/v1/sessions/current');
    await tab.pause();
    await visitor.elsewhere.post(`/v1/sessions/${body.sessionId}/end`, {});
    await pause(SECOND);
    await tab.play();
    await pause(2 * SECOND);
  }),
  video('the clock set back by an hour', async (tab) => {
    await tab.play();
    await pause(2 * SECOND);
    await tab.page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() - 3_600_000;
    });
    await pause(2 * SECOND);
  }),
  video('picture in picture, behind another tab', async (tab) => {
    await tab.play();
    await tab.page.getByRole('button').click();
    await tab.page.waitForFunction(() => document.pictureInPictureElement !== null);
    await pause(SECOND);
    await behind(tab, 3 * SECOND);
    await tab.page.evaluate(() => document.exitPictureInPicture());
    await pause(SECOND);
  }),
  {
    name: 'a document, idle and active',
    async play(visitor) {
      const tab = await visitor.open('/document', { idle: '2000' });
      await tab.page.waitForFunction(() => lab.watching.phase === 'active');
      // Shown is activity: two seconds count. Then, after a rest, a second of moving and two seconds more.
      const shown = performance.now();
      const before = await tab.measuredMs();
      await pause(4 * SECOND);
      const moving = performance.now();
      let moved = moving;
      while (moved - moving < SECOND) {
        await tab.page.mouse.move(100 + (moved % 50), 100);
        moved = performance.now();
        await pause(50);
      }
      await pause(4 * SECOND);
      await tab.heartbeat();
      const sdk = await tab.measuredMs();
      await tab.page.close();
      const opened = shown - before;
      return { truth: Math.min(2_000, moving - opened) + (moved - moving) + 2_000, sdk };
    },
  },
  {
    name: 'courseware in a frame of another origin',
    async play(visitor, lab) {
      const inner = `${lab.site.otherOrigin}/inner?around=${encodeURIComponent(lab.site.url)}`;
      const tab = await visitor.open('/frame', { inner });
      const frame = tab.page.frames()[1];
      if (frame === undefined) throw new Error('the page has no frame');
      await frame.waitForSelector('video');
      await frame.evaluate(() => document.querySelector('video')?.play());
      await pause(4 * SECOND);
      await frame.evaluate(() => document.querySelector('video')?.pause());
      await tab.heartbeat();
      await pause(700);
      const truth = await frame.evaluate(() => Number(sessionStorage.getItem('test.played')));
      const sdk = await tab.measuredMs();
      await tab.page.close();
      return { truth, sdk };
    },
  },
];
