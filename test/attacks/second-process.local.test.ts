import { expect, test } from 'vitest';
import { runCommand } from '../harness/index.ts';
import { startSite } from '../viewing/site.ts';

test('T22: a second process with locks of its own on one database refuses to start, and the first goes on', async () => {
  const site = await startSite();
  await site.put('film', 7_200);
  const viewing = await site.page('t22').watch('film');
  await viewing.play(400);

  const [second] = await Promise.all([
    runCommand([], {
      PORT: '0',
      DATABASE_URL: site.service.databaseUrl,
      AUTH_SECRET: site.service.secret,
    }),
    viewing.play(600),
  ]);
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toMatch(/^watchledger: DATABASE_URL: .*must own .* alone.*\n$/);

  expect((await viewing.play(100)).watchedMs).toBe(1_100);
  expect((await site.page('t22').open('film')).status).toBe(409);
  expect((await site.creditsOf('t22')).online).toMatchObject({ watchedSeconds: 1, creditedSeconds: 1 });
});
