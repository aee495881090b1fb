import type { OpenedSession, Session } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { startSite } from './site.ts';

test('what a learner has played is known in the next session, which goes on where the last one stopped', async () => {
  const site = await startSite({ policy: {} });
  const film = { title: 'The film', kind: 'video', limitSeconds: 60, mediaSeconds: 600 };
  await site.admin.put('/v1/courseware/film', film);
  const ann = site.page('ann');
  const first = await ann.watch('film');
  expect(first.session.courseware).toMatchObject({ coverageSeconds: 0, resumeAt: null });

  const played = [
    [0, 12.5],
    [100, 110],
  ];
  const told = await first.beat(0, { played, position: 110 });
  expect(told.body.courseware).toMatchObject({ coverageSeconds: 22, resumeAt: 110 });
  const again = await first.beat(0, { played, position: 110 });
  expect(again.body.courseware).toMatchObject({ coverageSeconds: 22, resumeAt: 110 });
  const plain = await first.beat(0, { position: 111 });
  expect(plain.body.courseware).not.toHaveProperty('coverageSeconds');
  const current = await ann.caller.get<Session>('/v1/sessions/current');
  expect(current.body.courseware).toMatchObject({ coverageSeconds: 22, resumeAt: 110 });

  const byToken = await fetch(`${site.service.url}/v1/sessions/${first.session.sessionId}/end`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body: JSON.stringify({ endToken: first.session.endToken, played: [[110, 111.25]], position: 111.25 }),
  });
  expect(await byToken.json()).toMatchObject({ courseware: { coverageSeconds: 23, resumeAt: 111.25 } });

  const second = await ann.watch('film');
  expect(second.session.courseware).toMatchObject({ coverageSeconds: 23, resumeAt: 111.25 });
  await second.beat(0, { played: [[590, 600]], position: 600, state: 'ended' });
  await second.end();
  const third = await ann.watch('film');
  expect(third.session.courseware).toMatchObject({ coverageSeconds: 33, resumeAt: null });
  const late = await first.beat(0, { played: [[200, 210]], position: 210 });
  expect([late.status, late.body]).toMatchObject([410, { session: { courseware: { coverageSeconds: 43 } } }]);

  const bob = await site.page('bob').open('film');
  expect(bob.body.courseware).toMatchObject({ coverageSeconds: 0, resumeAt: null });
  expect((await site.creditsOf('ann')).online).toMatchObject({ watchedSeconds: 0, creditedSeconds: 0 });
});

test('of what two tabs of a learner tell at once nothing is lost', async () => {
  const site = await startSite({ policy: {} });
  await site.put('film', 60);
  const ann = site.page('ann');
  const replaced = await ann.watch('film', { clientId: 'tab' });
  const present = await ann.watch('film', { clientId: 'tab' });
  const parts = Array.from({ length: 20 }, (_, nth) => [nth * 10, nth * 10 + 1]);
  await Promise.all(
    parts.map((part, nth) =>
      (nth % 2 === 0 ? replaced : present).beat(0, { played: [part], position: part[1] ?? 0 }),
    ),
  );
  const { body } = await ann.open('film', { clientId: 'tab' });
  expect((body as OpenedSession).courseware.coverageSeconds).toBe(20);
});

test('what was answered is on disk: it survives a process that is killed', async () => {
  const site = await startSite({ policy: {} });
  await site.put('film', 60);
  const ann = site.page('ann');
  const viewing = await ann.watch('film');
  const { status } = await viewing.beat(0, { played: [[0, 20]], position: 20 });
  expect(status).toBe(200);
  await site.service.kill();
  await site.service.restart();
  const { body } = await viewing.beat(0, { played: [[20, 40]], position: 40 });
  expect(body.courseware).toMatchObject({ coverageSeconds: 40, resumeAt: 40 });
});
