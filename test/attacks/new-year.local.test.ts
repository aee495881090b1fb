import { setTimeout as pause } from 'node:timers/promises';
import type { LearnerSession, OpenedSession, Page } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { shortPolicy, startSite } from '../viewing/site.ts';

const headStartMs = 8_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const wholeSeconds = (ms: number) => Math.floor(ms / 1_000);

/** A service whose clock reaches New Year of Shanghai some seconds after its start (local lock). */
async function startBeforeNewYear() {
  const year = new Date().getUTCFullYear();
  const newYear = Date.UTC(year, 11, 31, 16);
  const shiftMs = newYear - headStartMs - Date.now();
  const site = await startSite({
    policy: { ...shortPolicy, timeZone: 'Asia/Shanghai', maxCatchUp: '10s' },
    env: {
      NODE_OPTIONS: `--import=${new URL('./shifted-clock.ts', import.meta.url)}`,
      CLOCK_SHIFT_MS: String(shiftMs),
    },
  });
  const msUntilNewYear = () => newYear - (Date.now() + shiftMs);
  expect(msUntilNewYear()).toBeGreaterThan(2_000);
  const exp = Math.floor((newYear + dayMs) / 1_000);
  return { site, year, newYear, msUntilNewYear, claims: { exp } };
}

test('T15: watching across New Year and claiming hours on both sides gains each moment once, in one year', async () => {
  const { site, year, newYear, msUntilNewYear, claims } = await startBeforeNewYear();
  const admin = site.page('admin', { ...claims, scope: 'admin' }).caller;
  expect(
    (await admin.put('/v1/courseware/film', { title: 'Film', kind: 'video', limitSeconds: 7_200 })).status,
  ).toBe(201);

  await pause(Math.max(0, msUntilNewYear() - 1_800));
  const page = site.page('t15', claims);
  const viewing = await page.watch('film', { clientId: 'tab' });
  const oldYearMs = newYear - Date.parse(viewing.session.openedAt);
  expect(oldYearMs).toBeGreaterThan(1_000);
  await pause(600);
  expect((await viewing.beat(viewing.elapsedMs() + hourMs)).body.online.year).toBe(year);

  await pause(Math.max(0, msUntilNewYear()) + 1_300);
  const claim = viewing.elapsedMs() + 2 * hourMs;
  const copies = await Promise.all(Array.from({ length: 20 }, () => viewing.beat(claim)));
  expect(copies.map(({ status, body }) => [status, body.online.year])).toEqual(
    copies.map(() => [200, year + 1]),
  );
  await viewing.end(claim);

  const again = await page.caller.post<OpenedSession>('/v1/sessions', {
    coursewareId: 'film',
    clientId: 'tab',
  });
  const late = { watchedMs: claim, state: 'playing', position: 1 };
  await page.caller.post(`/v1/sessions/${again.body.sessionId}/heartbeats`, late);
  await page.caller.post(`/v1/sessions/${viewing.session.sessionId}/heartbeats`, late);
  const elapsedMs = viewing.elapsedMs();

  const reader = site.page('t15', claims).caller;
  const watchedIn = async (wanted: number) => {
    const { body } = await reader.get<{ online: { watchedSeconds: number; creditedSeconds: number } }>(
      `/v1/learners/t15/credits?year=${wanted}`,
    );
    expect(body.online.creditedSeconds).toBe(body.online.watchedSeconds);
    return body.online.watchedSeconds;
  };
  const [before, after] = await Promise.all([watchedIn(year), watchedIn(year + 1)]);
  expect(before).toBe(wholeSeconds(oldYearMs));
  expect(after).toBeGreaterThanOrEqual(1);
  expect(after).toBeLessThanOrEqual(wholeSeconds(elapsedMs - oldYearMs + 1));
  expect(before + after).toBeLessThanOrEqual(wholeSeconds(elapsedMs));

  const { body: sessions } = await reader.get<Page<LearnerSession>>('/v1/learners/t15/sessions');
  const first = sessions.items.find(({ sessionId }) => sessionId === viewing.session.sessionId);
  expect(first?.days).toEqual([
    { day: `${year}-12-31`, watchedSeconds: before },
    { day: `${year + 1}-01-01`, watchedSeconds: expect.any(Number) },
  ]);
});
