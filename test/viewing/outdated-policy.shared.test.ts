import type { Credits, Problem, Readiness } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { api } from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';
import { shortPolicy, startSite } from './site.ts';

test('R9: a process that runs on after another one adopted another policy serves no more', async () => {
  const stores = await startStores();
  const one = await startSite({ stores });
  await one.put('film', 7_200);
  const viewing = await one.page('u1').watch('film');
  await viewing.play(400);

  const policy = { ...shortPolicy, categories: { online: { cap: '1s' } } };
  const other = await startSite({
    stores,
    policy,
    args: ['--adopt-policy'],
  });

  const outdated = { code: 'unavailable', detail: expect.stringMatching(/outdated policy.*restarted/) };
  const beat = await viewing.beat(600);
  expect([beat.status, beat.body]).toMatchObject([503, outdated]);
  expect(Number(beat.headers.get('retry-after'))).toBeGreaterThan(0);
  const open = await one.page('u2').open('film');
  expect([open.status, open.body]).toMatchObject([503, outdated]);
  const backEnd = api(one.service.url, one.service.token({ sub: 'lms', scope: 'credits:read' }));
  const credits = await backEnd.get<Credits | Problem>('/v1/learners/u1/credits');
  expect([credits.status, credits.body]).toMatchObject([503, outdated]);
  const ready = await api(one.service.url, null).get<Readiness>('/readyz');
  expect(ready.status).toBe(503);
  expect(ready.body.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['policy']);

  // The process with the policy in force carries the learner on.
  const path = `/v1/sessions/${viewing.session.sessionId}/heartbeats`;
  const carried = await other.page('u1').caller.post(path, { watchedMs: 600, state: 'playing', position: 1 });
  expect([carried.status, carried.body]).toMatchObject([200, { online: { capSeconds: 1 } }]);
});
