import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Site, shortPolicy, startSite } from '../viewing/site.ts';

const hourMs = 3_600_000;
const maxCatchUpMs = 2_000;
const slackMs = 100;
const wholeSeconds = (ms: number) => Math.floor(ms / 1_000);

describe('time that nobody watched', { concurrent: true }, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ policy: shortPolicy });
    await Promise.all([site.put('film', 7_200), site.put('short-film', 1)]);
  });

  /** What the credits API says that the attacker has gained. */
  async function gained(learner: string): Promise<{ watchedSeconds: number; creditedSeconds: number }> {
    const { online } = await site.creditsOf(learner);
    return { watchedSeconds: online.watchedSeconds, creditedSeconds: online.creditedSeconds };
  }

  test('T1 (E11): claiming everything at once and repeating the claim while paused gains the time elapsed and the slack, once', async () => {
    const viewing = await site.page('t1').watch('film');
    await pause(1_100);
    const first = await viewing.beat(2 * hourMs);
    const allowedMs = viewing.elapsedMs() + slackMs;
    expect(first.body.watchedMs).toBeGreaterThanOrEqual(1_100);
    for (let round = 0; round < 8; round += 1) {
      await pause(200);
      const again = await viewing.beat(2 * hourMs, { state: 'paused', position: 1 });
      expect(again.body.watchedMs).toBeLessThanOrEqual(allowedMs);
    }
    expect((await viewing.end(2 * hourMs)).body.watchedMs).toBeLessThanOrEqual(allowedMs);
    const { watchedSeconds, creditedSeconds } = await gained('t1');
    expect(creditedSeconds).toBe(watchedSeconds);
    expect(creditedSeconds).toBeGreaterThanOrEqual(1);
    expect(creditedSeconds).toBeLessThanOrEqual(wholeSeconds(allowedMs));
  });

  test('T2: jumping to the end and reporting ended gains nothing', async () => {
    const viewing = await site.page('t2').watch('film');
    await pause(1_100);
    await viewing.beat(0, { position: 0 });
    await viewing.beat(0, { position: 7_199 });
    const jumped = await viewing.beat(0, { state: 'ended', position: 7_200 });
    expect(jumped.body.watchedMs).toBe(0);
    expect((await viewing.end()).body.watchedMs).toBe(0);
    expect(await gained('t2')).toEqual({ watchedSeconds: 0, creditedSeconds: 0 });

    const claiming = await site.page('t2').watch('film');
    const claimed = await claiming.beat(7_200_000, { state: 'ended', position: 7_200 });
    expect(claimed.body.watchedMs).toBeLessThanOrEqual(claiming.elapsedMs());
  });

  test.each([
    ['2×', 2],
    ['16×', 16],
    ['timers patched to a thousandfold', 1_000],
  ])('T4: playing at %s gains nothing beyond the time elapsed', async (_, speed) => {
    const viewing = await site.page(`t4-${speed}`).watch('film');
    let acceptedMs = 0;
    for (let round = 0; round < 7; round += 1) {
      await pause(200);
      const mediaMs = viewing.elapsedMs() * speed;
      const { status, body } = await viewing.beat(mediaMs, {
        position: mediaMs / 1_000,
        rate: Math.min(speed, 100),
      });
      expect(status).toBe(200);
      expect(body.watchedMs).toBeLessThanOrEqual(viewing.elapsedMs());
      acceptedMs = body.watchedMs;
    }
    expect(acceptedMs).toBeGreaterThan(0);
    const { watchedSeconds, creditedSeconds } = await gained(`t4-${speed}`);
    expect(watchedSeconds).toBeLessThanOrEqual(wholeSeconds(viewing.elapsedMs()));
    expect(creditedSeconds).toBe(watchedSeconds);
  });

  test('T8: a claimed silence gains at most one maxCatchUp, and repeating the claim gains the slack at most', async () => {
    const viewing = await site.page('t8').watch('film');
    expect((await viewing.play(1_000)).watchedMs).toBe(1_000);
    await pause(3_200);
    const claim = 1_000 + hourMs;
    const afterSilence = await viewing.beat(claim);
    expect(afterSilence.status).toBe(200);
    expect(afterSilence.body.watchedMs).toBe(1_000 + maxCatchUpMs);
    for (let round = 0; round < 6; round += 1) {
      await pause(200);
      const { body } = await viewing.beat(claim);
      expect(body.watchedMs).toBeLessThanOrEqual(1_000 + maxCatchUpMs + slackMs);
    }
    expect(await gained('t8')).toEqual({ watchedSeconds: 3, creditedSeconds: 3 });
  });

  test('T9: a sleeping laptop and a page left open hidden over night gain nothing, and hold the learner no longer than release', async () => {
    const night = await site.page('t9').watch('film', { clientId: 'left-open' });
    expect((await night.play(1_000)).watchedMs).toBe(1_000);
    await pause(1_500);
    expect((await night.beat(1_000, { state: 'paused' })).body.watchedMs).toBe(1_000);
    for (let round = 0; round < 7; round += 1) {
      await pause(150);
      const { status, body } = await night.beat(1_000, { state: round < 4 ? 'hidden' : 'idle' });
      expect([status, body.watchedMs, body.crediting]).toEqual([200, 1_000, false]);
    }
    expect((await site.page('t9').open('film', { clientId: 'another' })).status).toBe(201);
    expect((await night.beat(1_000, { state: 'idle' })).status).toBe(409);
    expect(await gained('t9')).toEqual({ watchedSeconds: 1, creditedSeconds: 1 });
  });

  test('T11: a changed client clock, time zone or field gains nothing, for oneself or for a friend', async () => {
    const page = site.page('t11');
    const startedAt = performance.now();
    const yesterday = new Date(Date.now() - 24 * hourMs).toISOString();
    const tomorrow = new Date(Date.now() + 24 * hourMs).toISOString();
    const forged = {
      learnerId: 't11-friend',
      openedAt: yesterday,
      lastSeenAt: yesterday,
      lastReportAt: yesterday,
      serverTime: tomorrow,
      now: tomorrow,
      timeZone: 'Pacific/Kiritimati',
      acceptedMs: hourMs,
      grantedMs: hourMs,
      creditedSeconds: 3_600,
    };
    const clock = { Date: new Date(Date.now() + 24 * hourMs).toUTCString(), 'X-Request-Start': yesterday };
    const { status, body: session } = await page.caller.post<{ sessionId: string; openedAt: string }>(
      '/v1/sessions',
      { coursewareId: 'film', ...forged },
      clock,
    );
    expect(status).toBe(201);
    expect(Math.abs(Date.parse(session.openedAt) - Date.now())).toBeLessThan(60_000);
    await pause(1_100);
    const beat = await page.caller.post<{ watchedMs: number; learnerId: string }>(
      `/v1/sessions/${session.sessionId}/heartbeats?now=${encodeURIComponent(tomorrow)}`,
      { watchedMs: hourMs, state: 'playing', position: 3_600, ...forged },
      clock,
    );
    const allowedMs = Math.ceil(performance.now() - startedAt);
    expect(beat.status).toBe(200);
    expect(beat.body.learnerId).toBe('t11');
    expect(beat.body.watchedMs).toBeLessThanOrEqual(allowedMs);
    expect((await gained('t11')).creditedSeconds).toBeLessThanOrEqual(wholeSeconds(allowedMs));
    expect(await gained('t11-friend')).toEqual({ watchedSeconds: 0, creditedSeconds: 0 });
  });

  test('T12: watching the same courseware again and again gains nothing above its limit', async () => {
    const page = site.page('t12');
    for (const round of [1, 2, 3]) {
      const viewing = await page.watch('short-film');
      const { watchedMs, crediting, reason } = await viewing.play(800);
      expect(watchedMs).toBe(800);
      expect([crediting, reason]).toEqual(round === 1 ? [true, null] : [false, 'courseware-limit-reached']);
      await viewing.end();
    }
    expect(await gained('t12')).toEqual({ watchedSeconds: 2, creditedSeconds: 1 });
    const { courseware } = await site.creditsOf('t12');
    expect(courseware).toMatchObject([{ coursewareId: 'short-film', limitSeconds: 1, creditedSeconds: 1 }]);
  });
});
