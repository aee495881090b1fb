import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanUp, startService } from '../harness/index.ts';
import { storedSessions } from '../stores/stored-sessions.ts';
import { startStores } from '../stores/stores.ts';
import { tamperedCopy } from '../stores/tampered-copy.ts';
import { auditCredits, auditDatabase, clean } from './audit.ts';
import { createLearners, type Witness, watchTogether } from './learner.ts';

describe.each(['sqlite-local', 'postgres-redis'] as const)('the audit can fail (%s)', (kind) => {
  let env: Readonly<Record<string, string>>;
  let untouched: string;
  let learners: readonly Witness[];
  let first: string;

  beforeAll(async () => {
    ({ env } = await startStores(kind));
    const service = await startService({ env });
    const watching = createLearners(service, 4, false);
    const classroom = watchTogether(watching);
    await pause(3_000);
    await classroom.stop();
    await service.stop();
    untouched = service.databaseUrl;
    learners = watching;
    first = watching[0]?.viewings[0]?.sessionId ?? '';
    return cleanUp;
  });

  /** A copy of the database with a fault planted into the first learner's session. */
  function tampered(statements: string): Promise<string> {
    return tamperedCopy(untouched, statements.replaceAll(':first', `'${first}'`));
  }

  const duplicate = `
    create temp table twin as select * from sessions where session_id = :first;
    update twin set session_id = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11'`;

  test('an untouched database is clean, and so is its copy', async () => {
    expect(first).not.toBe('');
    expect(await auditDatabase(untouched, learners)).toEqual(clean);
    expect(await auditDatabase(await tampered('select 1'), learners)).toEqual(clean);
  });

  test('an acknowledged millisecond is missing', async () => {
    const copy = await tampered(
      'update sessions set watched_ms = watched_ms - 1, day_ms = day_ms - 1 where session_id = :first',
    );
    expect(await auditDatabase(copy, learners)).toEqual({ ...clean, lostMs: 1 });
  });

  test('a session is missing', async () => {
    const copy = await tampered('delete from sessions where session_id = :first');
    const { lostMs, broken } = await auditDatabase(copy, learners);
    expect(lostMs).toBeGreaterThan(2_000);
    expect(broken).toEqual([`u0 was told of session ${first}, which is not stored`]);
  });

  test('honestly claimed time is missing beyond the slack', async () => {
    const copy = await tampered('update sessions set watched_ms = 0, day_ms = 0 where session_id = :first');
    expect((await auditDatabase(copy, learners)).honestLossMs).toBeGreaterThan(500);
  });

  test('a session is there twice', async () => {
    const copy = await tampered(
      `${duplicate}, sealed_at = last_report_at, sealed_as = 'ended'; insert into sessions select * from twin`,
    );
    const watchedMs = await watchedIn(copy);
    // Its time is nobody's, and overlaps the time of the other.
    const { doubledMs, parallelMs } = await auditDatabase(copy, learners);
    expect(doubledMs).toBe(watchedMs);
    expect(parallelMs).toBeGreaterThan(0.9 * watchedMs);
  });

  test('a session has more time than it was open', async () => {
    const copy = await tampered(
      'update sessions set watched_ms = watched_ms + 3000, day_ms = day_ms + 3000 where session_id = :first',
    );
    expect((await auditDatabase(copy, learners)).doubledMs).toBeGreaterThan(2_000);
  });

  test('the days are not the whole', async () => {
    const copy = await tampered(
      `insert into session_days (session_id, day, watched_ms)
       select session_id, day - 1, 7 from sessions where session_id = :first`,
    );
    expect(await auditDatabase(copy, learners)).toEqual({ ...clean, doubledMs: 7 });
  });

  test('a learner has two unsealed sessions', async () => {
    const copy = await tampered(
      `drop index sessions_one_unsealed_per_learner; ${duplicate}; insert into sessions select * from twin`,
    );
    expect((await auditDatabase(copy, learners)).broken).toEqual(['u0 has 2 unsealed sessions']);
  });

  test('a learner nobody knows is stored', async () => {
    expect((await auditDatabase(untouched, learners.slice(1))).broken).toEqual([
      'u0 is stored and nobody knows them',
    ]);
  });

  test('a back end is shown less, and more', async () => {
    const shorter = await startService({
      env: on(await tampered('update sessions set watched_ms = 0, day_ms = 0 where session_id = :first')),
    });
    expect((await auditCredits(shorter, learners)).lostMs).toBeGreaterThanOrEqual(2_000);
    await shorter.stop();
    const longer = await startService({
      env: on(
        await tampered(
          `update sessions set opened_at = opened_at - 9000, watched_ms = watched_ms + 9000,
           day_ms = day_ms + 9000 where session_id = :first`,
        ),
      ),
    });
    expect((await auditCredits(longer, learners)).doubledMs).toBeGreaterThan(7_000);
    await longer.stop();
  });

  const on = (copy: string) => ({ ...env, DATABASE_URL: copy });

  async function watchedIn(database: string): Promise<number> {
    const found = (await storedSessions(database)).find(({ sessionId }) => sessionId === first);
    return found?.watchedMs ?? Number.NaN;
  }
});
