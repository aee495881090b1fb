import { setTimeout as pause } from 'node:timers/promises';
import type { SessionTimeline } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { startSite } from './site.ts';

test('R13: a learner sees what counted of a session, and why the rest did not', async () => {
  const site = await startSite();
  await site.put('film', 2);
  const ann = site.page('ann');
  const viewing = await ann.watch('film');
  await viewing.play(1_200);
  await viewing.beat(1_200, { state: 'paused' });
  await pause(700);
  await viewing.beat(1_200, { state: 'playing' });
  await viewing.play(1_200);
  await viewing.end();

  const path = `/v1/sessions/${viewing.session.sessionId}/timeline`;
  const { status, body } = await ann.caller.get<SessionTimeline>(path);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    learnerId: 'ann',
    coursewareId: 'film',
    title: 'The film',
    creditedMs: 2_000,
  });
  expect(body.stretches.map(({ reason }) => reason)).toEqual([
    null,
    'paused',
    null,
    'courseware-limit-reached',
  ]);
  const [, paused] = body.stretches;
  expect(Date.parse(paused?.to ?? '') - Date.parse(paused?.from ?? '')).toBeGreaterThanOrEqual(700);
  const sum = (some: SessionTimeline['stretches']) => some.reduce((ms, { watchedMs }) => ms + watchedMs, 0);
  expect(sum(body.stretches)).toBe(body.watchedMs);
  expect(sum(body.stretches.filter(({ counted }) => counted))).toBe(2_000);

  await site.put('film', 60);
  const { body: raised } = await site.office.get<SessionTimeline>(path);
  expect(raised.stretches.map(({ reason }) => reason)).toEqual([null, 'paused', null]);

  expect((await site.page('bob').caller.get(path)).status).toBe(404);
  const bound = site.page('ann', { courseware: ['other'] });
  expect((await bound.caller.get(path)).status).toBe(403);
  const served = site.page('ann', { courseware: ['film'] });
  expect((await served.caller.get(path)).status).toBe(200);
});

test('R13: a silence that could not be caught up on is a gap', async () => {
  const site = await startSite();
  await site.put('film', 60);
  const ann = site.page('ann');
  const viewing = await ann.watch('film');
  await viewing.play(400);
  // Longer than the lock and what may be caught up on, together.
  await pause(4_300);
  await viewing.beat(4_700);
  const { body } = await ann.caller.get<SessionTimeline>(
    `/v1/sessions/${viewing.session.sessionId}/timeline`,
  );
  expect(body.stretches.map(({ reason }) => reason)).toEqual([null, 'gap', null]);
  expect(body.stretches[2]?.watchedMs).toBe(2_000);
});
