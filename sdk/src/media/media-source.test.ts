import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlainPlayer } from '../testing/plain-player.ts';
import { setStage } from '../testing/stage.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';

const SECOND = 1_000;

let warnings: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

async function watchPlayer(player = new PlainPlayer(), clock = createVirtualClock()) {
  const stage = setStage({}, { player, clock });
  await clock.pass(0);
  player.tell('play');
  /** Lets the picture move, as players tell of it: four times a second. */
  async function run(ms: number, speed = player.playbackRate) {
    for (let passed = 0; passed < ms; passed += 250) {
      await clock.pass(250);
      player.currentTime = (player.currentTime ?? 0) + speed / 4;
      player.tell('timeupdate');
    }
  }
  return { ...stage, player, run };
}

describe('R1: a picture that does not move is not presented', () => {
  test('a playback rate of zero is a pause', async () => {
    const { clock, player, watching, run } = await watchPlayer();
    await run(5 * SECOND);
    player.playbackRate = 0;
    player.tell('ratechange');
    await clock.pass(60 * SECOND);
    expect(watching.state).toBe('paused');
    player.playbackRate = 1;
    player.tell('ratechange');
    await run(5 * SECOND);
    expect(watching.watchedMs).toBe(10_000);
  });

  test.each([
    ['the epoch time of a live stream', 1.7e9],
    ['before the start', -3],
    ['none', Number.NaN],
  ])('a position that is %s is not told, and the wall clock counts', async (_, position) => {
    const player = new PlainPlayer();
    player.currentTime = position;
    const { clock, watching, service } = await watchPlayer(player);
    await clock.pass(60 * SECOND);
    expect(watching.watchedMs).toBe(60_000);
    expect(service.heartbeats.at(-1)?.position).toBeUndefined();
  });

  test('a player that throws until it is ready counts from then on', async () => {
    const player = new PlainPlayer();
    let ready = false;
    const get = () => {
      if (!ready) throw new Error('not ready');
      return false;
    };
    Object.defineProperty(player, 'paused', { get, set() {} });
    const { watching, run } = await watchPlayer(player);
    expect(watching.state).toBe('hidden');
    ready = true;
    player.tell('play');
    await run(5 * SECOND);
    expect(watching.watchedMs).toBeGreaterThanOrEqual(4_750);
  });

  test('frozen while the player says it plays, it counts for three seconds at most, and goes on when it moves', async () => {
    const { clock, watching, service, run } = await watchPlayer();
    await run(5 * SECOND);
    await clock.pass(60 * SECOND);
    expect(watching.state).toBe('buffering');
    const frozen = watching.watchedMs;
    expect(frozen).toBeLessThanOrEqual(8_000);
    expect(service.heartbeats.at(-1)).toMatchObject({ watchedMs: frozen, state: 'buffering' });
    await run(5 * SECOND);
    expect(watching.state).toBe('playing');
    expect(watching.watchedMs).toBe(frozen + 4_750);
  });

  test.each([
    ['at a sixteenth of its speed', 0.0625],
    ['backwards', -1],
    ['sixteen times as fast', 16],
  ])('moving %s it counts by the wall clock', async (_, speed) => {
    const { watching, player, run } = await watchPlayer();
    player.currentTime = 1_000;
    await run(60 * SECOND, speed);
    expect(watching.watchedMs).toBe(60_000);
  });

  test('a player that tells its time in whole seconds loses nothing', async () => {
    const { clock, watching, player } = await watchPlayer();
    for (let second = 1; second <= 60; second++) {
      await clock.pass(SECOND);
      player.currentTime = second;
    }
    expect(watching.watchedMs).toBe(60_000);
  });

  test.each([
    ['no', undefined],
    ['no sensible', Number.NaN],
    ['an endless', Number.POSITIVE_INFINITY],
  ])('a player with %s currentTime is believed', async (_, currentTime) => {
    const player = new PlainPlayer();
    player.currentTime = currentTime;
    const { clock, watching } = await watchPlayer(player);
    await clock.pass(60 * SECOND);
    expect(watching.watchedMs).toBe(60_000);
  });

  test('a long pause is no freeze: playing on counts from its first moment', async () => {
    const { clock, watching, player, run } = await watchPlayer();
    await run(5 * SECOND);
    player.tell('pause');
    await clock.pass(600 * SECOND);
    player.tell('play');
    await run(5 * SECOND);
    expect(watching.watchedMs).toBe(10_000);
  });
});

describe('R1: a seek counts until it begins, and from when its picture moves', () => {
  /** Leaps as a browser does: the position at once, then `seeking`, then `seeked` with a picture that stands still. */
  function leap(player: PlainPlayer, to: number) {
    player.currentTime = to;
    player.seeking = true;
    player.tell('seeking');
    player.seeking = false;
    player.tell('seeked');
    player.tell('playing');
  }

  test('what passes until it moves is not presented, however often it is looked at', async () => {
    const { clock, watching, player, run } = await watchPlayer();
    await run(5 * SECOND);
    for (const to of [60, 3, 0]) {
      await clock.pass(100);
      leap(player, to);
      await clock.pass(200);
      player.tell('timeupdate');
      await clock.pass(150);
      player.currentTime = to + 0.1;
      player.tell('timeupdate');
      await run(SECOND);
    }
    const moving = 5_000 + 3 * (100 + 100 + 1_000);
    expect(watching.watchedMs).toBeGreaterThanOrEqual(moving);
    expect(watching.watchedMs).toBeLessThanOrEqual(moving + 3 * 50);
  });

  test('one seek after the other earns nothing', async () => {
    const { clock, watching, player, run } = await watchPlayer();
    await run(5 * SECOND);
    for (let n = 0; n < 50; n++) {
      leap(player, (n * 37) % 70);
      await clock.pass(20);
    }
    player.tell('pause');
    expect(watching.watchedMs).toBeLessThanOrEqual(5_020);
  });

  test('a player that tells its time in whole seconds loses nothing', async () => {
    const { clock, watching, player } = await watchPlayer();
    for (let n = 1; n <= 60; n++) {
      await clock.pass(500);
      player.currentTime = Math.floor(n / 2) + 10 * Math.floor(n / 10);
      if (n % 10 === 0) leap(player, player.currentTime);
    }
    expect(watching.watchedMs).toBe(30_000);
  });
});

test('picture-in-picture of a hidden page loses nothing although its timers ring once a minute', async () => {
  const clock = createVirtualClock();
  const { after } = clock;
  const minute = 60 * SECOND;
  const held = {
    ...clock,
    after: (ms: number, action: () => void) =>
      after(Math.ceil((clock.now() + ms) / minute) * minute - clock.now(), action),
  };
  const { watching, run, service } = await watchPlayer(new PlainPlayer(), held);
  await run(5 * minute);
  expect(watching.watchedMs).toBe(5 * minute);
  await Promise.all([watching.stop(), clock.pass(SECOND)]);
  expect(service.accepted).toBe(5 * minute);
});

test('a player with nothing but paused and events counts from play to pause without its waiting', async () => {
  const player = new PlainPlayer();
  const { clock, watching, run } = await watchPlayer(player);
  await run(SECOND);
  player.tell('waiting');
  await clock.pass(30 * SECOND);
  expect(watching.state).toBe('buffering');
  player.tell('timeupdate');
  expect(watching.state).toBe('buffering');
  player.currentTime = 1.25;
  player.tell('timeupdate');
  expect(watching.state).toBe('playing');
  await run(SECOND);
  player.tell('pause');
  await clock.pass(30 * SECOND);
  expect(watching.watchedMs).toBe(2_000);
});

describe('a player that throws', () => {
  test('counts as not shown, is told of once, and counts again when it has recovered', async () => {
    const { watching, player, run, hear } = await watchPlayer();
    await run(5 * SECOND);
    let broken = true;
    Object.defineProperty(player, 'paused', {
      get() {
        if (broken) throw new TypeError('no longer attached');
        return false;
      },
    });
    await run(5 * SECOND);
    expect(watching.state).toBe('hidden');
    expect(hear('error')).toEqual([
      { kind: 'misuse', message: 'TypeError: no longer attached', willRetry: true },
    ]);
    expect(warnings).toHaveBeenCalledTimes(1);
    broken = false;
    await run(5 * SECOND);
    expect(watching.state).toBe('playing');
    expect(watching.watchedMs).toBe(10_000);
  });

  test('is left by stop() all the same, and its session is ended', async () => {
    const { watching, player, run, service } = await watchPlayer();
    await run(5 * SECOND);
    const broken = () => {
      throw new Error('torn down');
    };
    Object.defineProperty(player, 'currentTime', { get: broken });
    player.removeEventListener = broken;
    await watching.stop();
    expect(watching.phase).toBe('stopped');
    expect(service.ends).toEqual([{ endToken: 'end-s1', watchedMs: 5_000 }]);
  });
});
