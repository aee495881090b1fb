import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Readiness } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { api, type Child, fileOf, startChild, startService, type TestService } from '../harness/index.ts';
import { startStores } from '../stores/stores.ts';
import { auditCredits, auditDatabase, clean } from './audit.ts';
import { createLearners, silentFor, watchTogether } from './learner.ts';
import { openElsewhere } from './rival.ts';

/** Longer than the service waits for another writer. */
const heldMs = 5_000;
/** R2 */
const slackMs = 2_000;

const holder = fileURLToPath(new URL('./hold-database.ts', import.meta.url));

/** Another process begins to write and does not finish, as a careless backup or repair would. */
async function holdDatabase(file: string): Promise<Child> {
  const child = startChild(process.execPath, [holder, file]);
  await child.says(/held/, 10_000);
  return child;
}

async function notReady(service: TestService): Promise<string[]> {
  const { body } = await api(service.url, null).get<Readiness>('/readyz');
  return body.checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

describe.each(['sqlite-local', 'sqlite-redis'] as const)(
  'a database file that takes no writes (%s)',
  (kind) => {
    test('locked by another process: 503 with Retry-After, and nothing acknowledged is lost', async () => {
      const service = await startService({ env: (await startStores(kind)).env });
      const learners = createLearners(service, 10, false);
      const classroom = watchTogether(learners);
      expect(await silentFor(10_000, learners)).toEqual([]);

      const other = await holdDatabase(fileOf(service.databaseUrl));
      await pause(100);
      const before = learners.map(({ acknowledged }) => acknowledged);
      await pause(heldMs);
      expect(learners.map(({ acknowledged }) => acknowledged)).toEqual(before);
      expect(await notReady(service)).toContain('database');
      await other.end('SIGKILL');

      expect(await silentFor(10_000, learners)).toEqual([]);
      // The service remembers for a second that it was not ready.
      await expect.poll(() => notReady(service), { timeout: 2_000 }).toEqual([]);
      await classroom.stop();
      for (const { turnedAway, viewings } of learners) {
        expect(turnedAway.count).toBeGreaterThan(0);
        // About two seconds of trying again, and one attempt more.
        expect(turnedAway.slowestMs).toBeLessThan(4_000);
        expect(viewings).toHaveLength(1);
      }
      // Claims that waited this long reach the lock late, and R2 pays late claims only up to its slack.
      const { honestLossMs, ...figures } = await auditDatabase(service.databaseUrl, learners);
      expect(figures).toEqual({ lostMs: 0, doubledMs: 0, parallelMs: 0, broken: [] });
      expect(honestLossMs / learners.length).toBeLessThan(heldMs - slackMs);
    });

    test('a disk that takes no more: 503 at once, and nothing is lost when there is room again', async () => {
      const service = await startService({ env: (await startStores(kind)).env });
      const learners = createLearners(service, 10, false);
      const classroom = watchTogether(learners);
      expect(await silentFor(10_000, learners)).toEqual([]);

      await limitFiles(service, '0');
      await pause(100);
      const before = learners.map(({ acknowledged }) => acknowledged);
      await pause(3_000);
      expect(learners.map(({ acknowledged }) => acknowledged)).toEqual(before);
      expect(await notReady(service)).toEqual(['database']);
      const newcomer = await openElsewhere(service, 'newcomer');
      expect(newcomer.status).toBe(503);
      await limitFiles(service, 'unlimited');

      expect(await silentFor(10_000, learners)).toEqual([]);
      // The service remembers for a second that it was not ready.
      await expect.poll(() => notReady(service), { timeout: 2_000 }).toEqual([]);
      await pause(500);
      await classroom.stop();
      for (const { turnedAway, viewings } of learners) {
        expect(turnedAway.count).toBeGreaterThan(5);
        expect(turnedAway.slowestMs).toBeLessThan(1_500);
        expect(viewings).toHaveLength(1);
      }
      expect(await auditDatabase(service.databaseUrl, learners)).toEqual(clean);
      expect(await auditCredits(service, learners)).toEqual(clean);
      expect((await openElsewhere(service, 'newcomer')).status).toBe(201);
    });
  },
);

/** From now on no file of the service may grow beyond `bytes`: every write then fails, as on a full disk. */
async function limitFiles(service: TestService, bytes: string): Promise<void> {
  const limiting = startChild('prlimit', ['--pid', String(service.pid), `--fsize=${bytes}:unlimited`]);
  expect(await limiting.ended).toEqual({ code: 0, signal: null });
}
