import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, ProblemDocument } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../harness/index.ts';
import { type Site, shortPolicy, startSite } from '../viewing/site.ts';

const hourMs = 3_600_000;
const capSeconds = 2;
const policy = { ...shortPolicy, categories: { online: { cap: `${capSeconds}s` } } };
const wholeSeconds = (ms: number) => Math.floor(ms / 1_000);
const times = (count: number) => Array.from({ length: count }, (_, n) => n);
const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

describe('two at a time', { concurrent: true }, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ policy });
    await Promise.all(['film', 'other-film', 'third-film'].map((id) => site.put(id, 7_200)));
    await site.put('short-film', 1);
  });

  const watchedSeconds = async (learner: string) => (await site.creditsOf(learner)).online.watchedSeconds;

  /** What all sessions of a learner were granted together, to the millisecond. */
  const grantedMs = (answers: readonly Answer<unknown>[]) =>
    answers.reduce((sum, { body }) => sum + finalWatchedMs(body), 0);

  test('T5: several videos in parallel, in tabs, browsers and on devices, gain nothing beside the first', async () => {
    const first = await site.page('t5').watch('film', { clientId: 'tab-1' });
    const others = times(5).map((n) => site.page('t5', { exp: Math.floor(Date.now() / 1_000) + 1_000 + n }));
    const attempts = ['film', 'other-film', 'third-film'].flatMap((courseware) =>
      others.map((device, n) => device.open(courseware, { clientId: `device-${n}`, takeOver: n % 2 === 0 })),
    );
    const refused = await Promise.all(attempts);
    await first.beat(first.elapsedMs());
    refused.push(...(await Promise.all(others.map((device) => device.open('other-film')))));
    for (const { status, body } of refused) {
      expect([status, body]).toMatchObject([
        409,
        { code: 'parallel-viewing', active: { coursewareId: 'film', canTakeOver: false } },
      ]);
    }
    const { watchedMs } = await first.play(1_000);
    await first.end();
    const { online, courseware } = await site.creditsOf('t5');
    expect(online.watchedSeconds).toBe(wholeSeconds(watchedMs));
    expect(watchedMs).toBeLessThanOrEqual(first.elapsedMs());
    expect(courseware.map(({ coursewareId }) => coursewareId)).toEqual(['film']);
  });

  test('T6: alternating heartbeats of a replaced session and its successor gain no more than one of them', async () => {
    const a = await site.page('t6').watch('film', { clientId: 'tab-1' });
    await a.play(300);
    const b = await site.page('t6').watch('other-film', { clientId: 'tab-1' });
    const untilReplacedMs = a.elapsedMs();
    const last: { a?: Answer<unknown>; b?: Answer<unknown> } = {};
    for (const _ of times(8)) {
      await pause(100);
      last.a = await a.beat(a.elapsedMs());
      await pause(100);
      last.b = await b.beat(b.elapsedMs());
      expect([last.a.status, last.b.status]).toEqual([409, 200]);
    }
    expect(finalWatchedMs(last.a?.body)).toBeLessThanOrEqual(untilReplacedMs);
    expect(grantedMs([last.a, last.b].flatMap((answer) => answer ?? []))).toBeLessThanOrEqual(a.elapsedMs());
    expect(await watchedSeconds('t6')).toBeLessThanOrEqual(wholeSeconds(a.elapsedMs()));
  });

  test('T6: a silent session that another device has replaced gains nothing after its sealing', async () => {
    const a = await site.page('t6-device').watch('film', { clientId: 'phone' });
    await a.play(300);
    expect((await site.page('t6-device').open('other-film', { clientId: 'laptop' })).status).toBe(409);
    await pause(2_100);
    const b = await site.page('t6-device').watch('other-film', { clientId: 'laptop' });
    await b.play(600);
    const late = await a.beat(hourMs);
    const later = await a.beat(2 * hourMs);
    expect([late.status, later.status]).toEqual([409, 409]);
    expect(finalWatchedMs(later.body)).toBe(finalWatchedMs(late.body));
    const ended = await b.end();
    expect(grantedMs([later, ended])).toBeLessThanOrEqual(a.elapsedMs());
    expect(await watchedSeconds('t6-device')).toBeLessThanOrEqual(wholeSeconds(a.elapsedMs()));
  });

  test('T7: replayed, duplicated and reordered heartbeats count once', async () => {
    const viewing = await site.page('t7').watch('film');
    await pause(1_050);
    for (const claim of [1_000, 400, 1_000, 200, 800, 1_000, 0, 600]) {
      const { status, body } = await viewing.beat(claim);
      expect([status, body.watchedMs]).toEqual([200, 1_000]);
    }
    await pause(300);
    for (const claim of [1_000, 900, 100, 1_000]) await viewing.beat(claim);
    const ends = await Promise.all(times(10).map(() => viewing.end(1_000)));
    expect(ends.map(({ status, body }) => [status, body.watchedMs])).toEqual(
      times(10).map(() => [200, 1_000]),
    );
    expect(await watchedSeconds('t7')).toBe(1);
  });

  test('T7: fifty concurrent copies of one heartbeat count once', async () => {
    const viewing = await site.page('t7-copies').watch('film');
    await pause(1_050);
    const copies = await Promise.all(times(50).map(() => viewing.beat(1_000)));
    expect(copies.map(({ status, body }) => [status, body.watchedMs])).toEqual(
      times(50).map(() => [200, 1_000]),
    );
    const inflated = await Promise.all(times(50).map((n) => viewing.beat(1_000 + n * hourMs)));
    for (const { body } of inflated) expect(body.watchedMs).toBeLessThanOrEqual(viewing.elapsedMs());
    expect(await watchedSeconds('t7-copies')).toBeLessThanOrEqual(wholeSeconds(viewing.elapsedMs()));
  });

  test('T13: of a hundred opens at once in one tab the last one goes on, and all together gain no more than one', async () => {
    const askedAt = performance.now();
    const page = site.page('t13-tab');
    const answers = await Promise.all(times(100).map(() => page.open('film', { clientId: 'tab' })));
    const opened = answers.filter(({ status }) => status === 201);
    expect(answers.filter(({ status }) => status !== 201 && status !== 503)).toEqual([]);
    expect(opened.length).toBeGreaterThan(0);
    await pause(300);
    const beats = await Promise.all(
      opened.map(({ body }) =>
        page.caller.post(`/v1/sessions/${body.sessionId}/heartbeats`, {
          watchedMs: hourMs,
          state: 'playing',
          position: 1,
        }),
      ),
    );
    expect(beats.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(beats.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect(grantedMs(beats)).toBeLessThanOrEqual(performance.now() - askedAt);
  });

  test('T14: racing at the cap gains nothing above it, whatever courseware is opened', async () => {
    const startedAt = performance.now();
    for (const coursewareId of ['film', 'other-film', 'third-film']) {
      const viewing = await site.page('t14').watch(coursewareId);
      for (const _ of times(4)) {
        await pause(260);
        const answers = await Promise.all(times(20).map((n) => viewing.beat(viewing.elapsedMs() - n)));
        for (const { status, body } of answers) {
          expect(status).toBe(200);
          expect(body.online.creditedSeconds).toBeLessThanOrEqual(capSeconds);
        }
      }
      const { body } = await viewing.beat(viewing.elapsedMs());
      if (coursewareId === 'third-film') expect(body.reason).toBe('online-cap-reached');
      await viewing.end();
    }
    const { online } = await site.creditsOf('t14');
    expect(online.creditedSeconds).toBe(capSeconds);
    expect(online.watchedSeconds).toBeGreaterThan(capSeconds);
    expect(online.watchedSeconds).toBeLessThanOrEqual(wholeSeconds(performance.now() - startedAt));
  });

  test('T14: racing at the limit gains nothing above it', async () => {
    const viewing = await site.page('t14-limit').watch('short-film');
    for (const _ of times(6)) {
      await pause(260);
      const answers = await Promise.all(times(20).map((n) => viewing.beat(viewing.elapsedMs() + n * 10)));
      for (const { status, body } of answers) {
        expect(status).toBe(200);
        expect(body.courseware.creditedSeconds).toBeLessThanOrEqual(1);
      }
    }
    expect((await viewing.beat(viewing.elapsedMs())).body.reason).toBe('courseware-limit-reached');
    const { online } = await site.creditsOf('t14-limit');
    expect(online.creditedSeconds).toBe(1);
    expect(online.watchedSeconds).toBeLessThanOrEqual(wholeSeconds(viewing.elapsedMs()));
  });
});

test('T13: of a hundred opens at once exactly one wins', async () => {
  // Its lock outlasts whatever a busy machine makes of a hundred openings.
  const site = await startSite({ policy: {} });
  await Promise.all(['film', 'other-film'].map((id) => site.put(id, 7_200)));
  const askedAt = performance.now();
  const answers = await Promise.all(
    times(100).map((n) => site.page('t13').open(n % 2 ? 'film' : 'other-film', { clientId: `tab-${n}` })),
  );
  expect(statuses(answers)).toEqual([201, ...times(99).map(() => 409)]);
  const winner = answers.find(({ status }) => status === 201)?.body;
  const named = answers.filter(({ status }) => status === 409).map(({ body }) => activeIn(body));
  expect(new Set(named)).toEqual(new Set([winner?.coursewareId]));
  await pause(1_050);
  const { status, body } = await site
    .page('t13')
    .caller.post<OpenedSession>(`/v1/sessions/${winner?.sessionId}/heartbeats`, {
      watchedMs: 1_000,
      state: 'playing',
      position: 1,
    });
  expect([status, body.watchedMs]).toEqual([200, 1_000]);
  const { online } = await site.creditsOf('t13');
  expect(online.watchedSeconds).toBeLessThanOrEqual(wholeSeconds(performance.now() - askedAt));
});

/** `watchedMs` of a session, or of the final figures that a refusal carries. */
function finalWatchedMs(body: unknown): number {
  const { session, watchedMs } = body as { session?: { watchedMs: number }; watchedMs?: number };
  return session?.watchedMs ?? watchedMs ?? Number.NaN;
}

const activeIn = (body: unknown) =>
  (body as ProblemDocument & { active: { coursewareId: string } }).active.coursewareId;
