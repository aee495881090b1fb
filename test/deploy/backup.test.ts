import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Session } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { fileOf, runCommand, temporaryFolder } from '../harness/index.ts';
import { storedSessions } from '../stores/stored-sessions.ts';
import { startStores } from '../stores/stores.ts';
import { type Site, shortPolicy, startSite } from '../viewing/site.ts';
import { commandsOf } from './guide.ts';

async function backedUp({ service }: Site): Promise<string> {
  const to = join(temporaryFolder(), 'backup.db');
  const { code, stdout, stderr } = await runCommand(['backup', '--to', to], {
    DATABASE_URL: service.databaseUrl,
  });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\S+backup\.db: \d+\.\d MB, \d+ sessions, checked\n$/);
  return to;
}

const restore = ({ service }: Site, ...args: string[]) =>
  runCommand(['restore', ...args], { DATABASE_URL: service.databaseUrl, AUTH_SECRET: service.secret });

test('a backup under load holds all that was acknowledged before it began, and comes back as it was', async () => {
  const site = await startSite();
  await site.put('a', 3_600);
  const viewings = await Promise.all(
    Array.from({ length: 20 }, (_, n) => site.page(`u${n}`).watch('a', { clientId: 'tab' })),
  );
  await Promise.all(viewings.map((viewing) => viewing.play(600)));
  const acknowledged = new Map(
    (await storedSessions(site.service.databaseUrl)).map((each) => [each.sessionId, each.watchedMs]),
  );
  let over = false;
  const watching = viewings.map(async (viewing) => {
    while (!over) await viewing.play(200);
  });
  const backup = await backedUp(site);
  over = true;
  await Promise.all(watching);

  const inUse = await restore(site, '--from', backup, '--replace');
  expect([inUse.code, inUse.stdout]).toEqual([1, '']);
  expect(inUse.stderr).toMatch(
    /^watchledger: DATABASE_URL: a running process is using \S+: stop it, and restore then\n$/,
  );

  await site.service.stop();
  const { code, stdout } = await restore(site, '--from', backup, '--replace');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^\S+watchledger\.db: \d+\.\d MB, 20 sessions, the newest report from \S+Z\nWhat was there before is kept as \S+\n$/,
  );
  const restored = await storedSessions(site.service.databaseUrl);
  expect(restored).toEqual(await storedSessions(`file:${backup}`));
  for (const { sessionId, watchedMs } of restored) {
    expect(watchedMs).toBeGreaterThanOrEqual(acknowledged.get(sessionId) ?? Number.POSITIVE_INFINITY);
  }
  await site.service.restart();
  expect((await fetch(`${site.service.url}/readyz`)).status).toBe(200);
});

/** Whether what a learner earned would be possible in one life: no overlaps, nothing beyond wall clock, days that sum up. */
async function audit(databaseUrl: string): Promise<void> {
  const byLearner = Map.groupBy(await storedSessions(databaseUrl), ({ learnerId }) => learnerId);
  for (const [learner, sessions] of byLearner) {
    expect(sessions.filter(({ sealedAt }) => sealedAt === null).length, learner).toBeLessThanOrEqual(1);
    for (const [n, session] of sessions.entries()) {
      expect(session.daysMs, learner).toBe(session.watchedMs);
      expect(session.watchedMs, learner).toBeLessThanOrEqual(session.lastReportAt - session.openedAt);
      const next = sessions[n + 1];
      if (next !== undefined) expect(next.openedAt, learner).toBeGreaterThanOrEqual(session.lastReportAt);
    }
  }
}

const ended = { status: 200 };

test('a restored ledger and a Redis that is ahead of it come to agree: nothing is doubled, and what Redis still knows is not lost', async () => {
  const stores = await startStores('sqlite-redis');
  const site = await startSite({
    stores,
    policy: { ...shortPolicy, maxCatchUp: '10s', lock: '10s', release: '30s' },
  });
  await Promise.all(['a', 'b'].map((coursewareId) => site.put(coursewareId, 3_600)));
  // Who watches on, who ends, and who goes over to another courseware after the backup was made.
  const stays = await site.page('stays').watch('a', { clientId: 'tab' });
  const ends = await site.page('ends').watch('a', { clientId: 'tab' });
  const changes = await site.page('changes').watch('a', { clientId: 'tab' });
  await Promise.all([stays, ends, changes].map((viewing) => viewing.play(400)));
  const backup = await backedUp(site);

  const before = await stays.play(800);
  expect(await ends.end(600)).toMatchObject(ended);
  expect(await changes.end(600)).toMatchObject(ended);
  const changed = await site.page('changes').watch('b', { clientId: 'tab' });
  const comes = await site.page('comes').watch('a', { clientId: 'tab' });
  await Promise.all([changed.play(600), comes.play(600)]);

  await site.service.stop();
  expect((await restore(site, '--from', backup, '--replace')).code).toBe(0);
  await site.service.restart();

  // In the ledger and in Redis: it goes on, with all that was acknowledged after the backup.
  const after = await stays.beat(1_300);
  expect(after.status).toBe(200);
  expect(after.body.watchedMs).toBeGreaterThanOrEqual(before.watchedMs);
  expect(after.body.watchedMs).toBeLessThanOrEqual(stays.elapsedMs());

  // Ended after the backup: Redis says so, and the ledger learns it again, with its last claim.
  const again = await ends.end(600);
  expect([again.status, again.body.watchedMs, again.body.state]).toEqual([200, 600, 'ended']);

  // Opened after the backup: the ledger knows nothing of it. The page is told, and opens anew at once.
  for (const [learner, lost, coursewareId] of [
    ['comes', comes, 'a'],
    ['changes', changed, 'b'],
  ] as const) {
    const refused = await lost.beat(700);
    expect([refused.status, (refused.body as unknown as { code: string }).code]).toEqual([
      404,
      'session-not-found',
    ]);
    const elsewhere = await site.page(learner).open(coursewareId, { clientId: 'other' });
    expect(elsewhere.status).toBe(409);
    const anew = await site.page(learner).watch(coursewareId, { clientId: 'tab' });
    const played: Session = await anew.play(400);
    expect(played.watchedMs).toBe(400);
  }
  await audit(site.service.databaseUrl);
  const total = async (learner: string) =>
    (await storedSessions(site.service.databaseUrl))
      .filter(({ learnerId }) => learnerId === learner)
      .reduce((sum, { watchedMs }) => sum + watchedMs, 0);
  expect(await total('ends')).toBe(600);
  expect(await total('comes')).toBe(400);
  expect(await total('changes')).toBeLessThanOrEqual(600 + 400);
});

test('the commands of the guide do the same, typed as they stand there', async () => {
  const site = await startSite({ stores: await startStores('sqlite-local') });
  await (await site.page('u1').watch('demo-video', { clientId: 'tab' })).play(400);
  const folder = dirname(fileOf(site.service.databaseUrl));
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  const type = async (name: string) => {
    const here = commandsOf(name)
      .replaceAll('/opt/watchledger', repository)
      .replaceAll('/var/lib/watchledger', folder)
      .replaceAll('/var/backups', folder)
      .replaceAll('$(date +%F)', '2026-03-01');
    // Who starts and stops the service here is the test.
    const { status, stderr } = spawnSync('sh', ['-euc', `systemctl() { :; }\n${here}`], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  };
  await type('sqlite-backup');
  const before = await storedSessions(site.service.databaseUrl);
  await site.service.stop();
  rmSync(fileOf(site.service.databaseUrl));
  await type('sqlite-restore');
  expect(await storedSessions(site.service.databaseUrl)).toEqual(before);
});
