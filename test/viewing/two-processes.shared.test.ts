import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { api } from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';
import { pageOf, type Site, startSite } from './site.ts';

const times = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Two processes with one Redis and one database. */
async function startTwo(): Promise<[Site, Site]> {
  const stores = await startStores();
  const one = await startSite({ stores });
  const other = await startSite({ stores });
  await one.put('film', 7_200);
  await one.put('slides', 7_200);
  return [one, other];
}

test('two processes share the lock and the ledger', async () => {
  const [one, other] = await startTwo();

  // A open on one, B refused on the other; ended on the other, B is let in on the first.
  const a = await one.page('u1').watch('film');
  await a.play(1_000);
  const refused = await other.page('u1').open('slides');
  expect([refused.status, refused.body]).toMatchObject([409, { active: { coursewareId: 'film' } }]);
  const ended = await other.page('u1').caller.post(`/v1/sessions/${a.session.sessionId}/end`, {});
  expect([ended.status, ended.body]).toMatchObject([200, { state: 'ended', watchedMs: 1_000 }]);
  expect((await a.beat(1_200)).status).toBe(410);
  expect((await one.page('u1').open('slides')).status).toBe(201);
  expect((await other.creditsOf('u1')).online.creditedSeconds).toBe(1);

  // Heartbeats of one session that alternate between the processes, each sent to both, count once.
  const askedAt = performance.now();
  const first = one.page('u2');
  const viewing = await first.watch('film');
  const path = `/v1/sessions/${viewing.session.sessionId}/heartbeats`;
  const callers = [first.caller, other.page('u2').caller];
  for (const n of times(10)) {
    await pause(110);
    const watchedMs = (n + 1) * 100;
    const order = n % 2 === 0 ? callers : callers.toReversed();
    const [sooner, later] = order.map((caller) =>
      caller.post(path, { watchedMs, state: 'playing', position: watchedMs / 1_000 }),
    );
    for (const answer of [await sooner, await later]) {
      expect([answer?.status, answer?.body]).toMatchObject([200, { watchedMs }]);
    }
  }
  const inflated = await Promise.all(
    times(40).map((n) =>
      callers[n % 2]?.post<{ watchedMs: number }>(path, {
        watchedMs: 3_600_000,
        state: 'playing',
        position: n,
      }),
    ),
  );
  const elapsedMs = Math.ceil(performance.now() - askedAt);
  for (const answer of inflated) {
    expect(answer?.status).toBe(200);
    expect(answer?.body.watchedMs).toBeLessThanOrEqual(elapsedMs);
  }
  for (const site of [one, other]) {
    const { online } = await site.creditsOf('u2');
    expect(online.watchedSeconds).toBeGreaterThanOrEqual(1);
    expect(online.watchedSeconds).toBeLessThanOrEqual(Math.floor(elapsedMs / 1_000));
  }

  // A limit that one process changes holds in the other at the next heartbeat.
  await other.put('film', 1);
  const next = await viewing.beat(3_600_000);
  expect(next.body.courseware).toMatchObject({ limitSeconds: 1, creditedSeconds: 1 });

  // T13: a hundred opens at once on both have one winner.
  const pages = [one, other].map(({ service }) =>
    pageOf('u3', api(service.url, service.token({ sub: 'u3', scope: 'watch' }))),
  );
  const opens = await Promise.all(
    times(100).map((n) => pages[n % 2]?.open('slides', { clientId: `tab-${n}` })),
  );
  expect(opens.map((answer) => answer?.status).sort()).toEqual([201, ...times(99).map(() => 409)]);

  // One of them dies without a word: the other carries its learners on.
  await one.service.kill();
  const carried = await callers[1]?.post(path, { watchedMs: 3_600_000, state: 'playing', position: 1 });
  expect([carried?.status, carried?.body]).toMatchObject([200, { state: 'active' }]);
});

test('of what a learner’s pages tell two processes at once nothing is lost', async () => {
  const sites = await startTwo();
  const viewing = await sites[0].page('u1').watch('film');
  const path = `/v1/sessions/${viewing.session.sessionId}/heartbeats`;
  const told = await Promise.all(
    times(40).map((n) =>
      sites[n % 2 === 0 ? 0 : 1]
        .page('u1')
        .caller.post(path, { watchedMs: 0, state: 'playing', played: [[n * 10, n * 10 + 1]] }),
    ),
  );
  expect(told.map(({ status }) => status)).toEqual(times(40).map(() => 200));
  const { body } = await sites[1].page('u1').caller.get('/v1/sessions/current');
  expect(body).toMatchObject({ courseware: { coverageSeconds: 40, resumeAt: null } });
});
