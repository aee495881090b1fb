import { setTimeout as pause } from 'node:timers/promises';
import type { CoursewareChange, Page, Session } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Site, shortPolicy, startSite } from './site.ts';

const policy = { ...shortPolicy, categories: { online: { cap: '3s' } } };

describe('the worked examples, minutes as seconds', { concurrent: true }, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ policy });
    await Promise.all(['film', 'slides'].map((id) => site.put(id, 120)));
    await Promise.all([site.put('mistaken', 1), site.put('lowered', 2)]);
  });

  const figures = async (learner: string) => {
    const { online } = await site.creditsOf(learner);
    return [online.watchedSeconds, online.creditedSeconds, online.remainingSeconds];
  };

  test('E1: what is watched of a long courseware is credited', async () => {
    const viewing = await site.page('e1').watch('film');
    const session = await viewing.play(2_000);
    expect(session).toMatchObject({
      state: 'active',
      watchedMs: 2_000,
      crediting: true,
      reason: null,
      courseware: {
        title: 'The film',
        kind: 'video',
        limitSeconds: 120,
        creditedSeconds: 2,
        remainingSeconds: 118,
      },
      online: { capSeconds: 3, creditedSeconds: 2, remainingSeconds: 1 },
    });
    expect(await figures('e1')).toEqual([2, 2, 1]);
    const { courseware } = await site.creditsOf('e1');
    expect(courseware).toEqual([
      {
        coursewareId: 'film',
        title: 'The film',
        watchedSeconds: 2,
        creditedSeconds: 2,
        limitSeconds: 120,
        remainingSeconds: 118,
        lastWatchedAt: session.lastSeenAt,
      },
    ]);
  });

  test('E3: while A plays, B is refused, naming A; A goes on, B earns nothing, and B opens when A has ended', async () => {
    const page = site.page('e3');
    const a = await page.watch('film', { clientId: 'tab-1' });
    await a.play(400);
    const refused = await page.open('slides', { clientId: 'tab-2' });
    expect([refused.status, refused.body]).toMatchObject([
      409,
      {
        code: 'parallel-viewing',
        active: { coursewareId: 'film', title: 'The film', openedAt: a.session.openedAt, canTakeOver: false },
      },
    ]);
    const { body: current } = await page.caller.get<Session>('/v1/sessions/current');
    expect(current).toMatchObject({ sessionId: a.session.sessionId, state: 'active', watchedMs: 400 });
    expect((await a.play(600)).watchedMs).toBe(1_000);

    expect((await a.end(1_000)).body).toMatchObject({ state: 'ended', watchedMs: 1_000, crediting: false });
    const b = await page.watch('slides', { clientId: 'tab-2' });
    expect(b.session.watchedMs).toBe(0);
    expect(await figures('e3')).toEqual([1, 1, 2]);
  });

  test('E4: the online cap cuts a viewing short, which goes on uncredited and says so', async () => {
    const page = site.page('e4');
    const first = await page.watch('film');
    await first.play(2_000);
    await first.end();
    const second = await page.watch('slides');
    const session = await second.play(2_000);
    expect(session).toMatchObject({
      state: 'active',
      watchedMs: 2_000,
      crediting: false,
      reason: 'online-cap-reached',
      courseware: { creditedSeconds: 1 },
      online: { capSeconds: 3, creditedSeconds: 3, remainingSeconds: 0 },
    });
    expect(await figures('e4')).toEqual([4, 3, 0]);
  });

  test('E9: one heartbeat sent three times is counted once', async () => {
    const viewing = await site.page('e9').watch('film');
    await pause(1_050);
    const answers = [await viewing.beat(1_000), await viewing.beat(1_000), await viewing.beat(1_000)];
    expect(answers.map(({ status, body }) => [status, body.watchedMs])).toEqual(
      answers.map(() => [200, 1_000]),
    );
    expect(await figures('e9')).toEqual([1, 1, 2]);
  });

  test.each([
    ['E12: a limit that was too low by mistake', 'mistaken', 1, 2],
    ['E21: a limit that is lowered', 'lowered', 2, 1],
  ])('%s changes the credits at once, and the audit trail says who and when', async (_, id, from, to) => {
    const page = site.page(`learner-of-${id}`);
    const viewing = await page.watch(id);
    await viewing.play(2_100);
    expect((await figures(page.learner)).slice(0, 2)).toEqual([2, from]);

    const reason = 'checked with the author';
    const changed = await site.admin.patch(`/v1/courseware/${id}`, { limitSeconds: to, reason });
    expect(changed.status).toBe(200);
    expect((await figures(page.learner)).slice(0, 2)).toEqual([2, to]);
    const running = await viewing.beat(2_100);
    expect(running.body.courseware).toMatchObject({ limitSeconds: to, creditedSeconds: to });

    const { body: trail } = await site.admin.get<Page<CoursewareChange>>(`/v1/courseware/${id}/changes`);
    expect(trail.items).toMatchObject([
      { action: 'created', actor: 'admin', fromLimitSeconds: null, toLimitSeconds: from },
      { action: 'updated', actor: 'admin', fromLimitSeconds: from, toLimitSeconds: to, reason },
    ]);
    const [, change] = trail.items;
    expect(Math.abs(Date.parse(change?.changedAt ?? '') - Date.now())).toBeLessThan(60_000);
  });
});
