import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanUp, fileOf, startService, temporaryFolder } from '../harness/index.ts';
import { auditCredits, auditDatabase, clean } from './audit.ts';
import { createLearners, type Witness, watchTogether } from './learner.ts';

describe('the audit can fail', () => {
  let file: string;
  let learners: readonly Witness[];
  let first: string;

  beforeAll(async () => {
    const service = await startService();
    const watching = createLearners(service, 4, false);
    const classroom = watchTogether(watching);
    await pause(3_000);
    await classroom.stop();
    await service.stop();
    file = join(temporaryFolder(), 'untouched.db');
    cpSync(fileOf(service.databaseUrl), file);
    learners = watching;
    first = watching[0]?.viewings[0]?.sessionId ?? '';
    return cleanUp;
  });

  /** A copy of the database with a fault planted into the first learner's session. */
  function tampered(statements: string): string {
    const copy = join(temporaryFolder(), 'tampered.db');
    cpSync(file, copy);
    const database = new Database(copy);
    database.pragma('ignore_check_constraints = ON');
    database.exec(statements.replaceAll(':first', `'${first}'`));
    database.close();
    return copy;
  }

  const duplicate = `
    create temp table twin as select * from sessions where session_id = :first;
    update twin set session_id = 'twin'`;

  test('an untouched database is clean', async () => {
    expect(first).not.toBe('');
    expect(await auditDatabase(`file:${file}`, learners)).toEqual(clean);
  });

  test('an acknowledged millisecond is missing', async () => {
    const copy = tampered(
      'update sessions set watched_ms = watched_ms - 1, day_ms = day_ms - 1 where session_id = :first',
    );
    expect(await auditDatabase(`file:${copy}`, learners)).toEqual({ ...clean, lostMs: 1 });
  });

  test('a session is missing', async () => {
    const copy = tampered('delete from sessions where session_id = :first');
    const { lostMs, broken } = await auditDatabase(`file:${copy}`, learners);
    expect(lostMs).toBeGreaterThan(2_000);
    expect(broken).toEqual([`u0 was told of session ${first}, which is not stored`]);
  });

  test('honestly claimed time is missing beyond the slack', async () => {
    const copy = tampered('update sessions set watched_ms = 0, day_ms = 0 where session_id = :first');
    expect((await auditDatabase(`file:${copy}`, learners)).honestLossMs).toBeGreaterThan(500);
  });

  test('a session is there twice', async () => {
    const copy = tampered(
      `${duplicate}, sealed_at = last_report_at, sealed_as = 'ended'; insert into sessions select * from twin`,
    );
    const { watchedMs } = auditedSession(copy);
    // Its time is nobody's, and overlaps the time of the other.
    const { doubledMs, parallelMs } = await auditDatabase(`file:${copy}`, learners);
    expect(doubledMs).toBe(watchedMs);
    expect(parallelMs).toBeGreaterThan(0.9 * watchedMs);
  });

  test('a session has more time than it was open', async () => {
    const copy = tampered(
      'update sessions set watched_ms = watched_ms + 3000, day_ms = day_ms + 3000 where session_id = :first',
    );
    expect((await auditDatabase(`file:${copy}`, learners)).doubledMs).toBeGreaterThan(2_000);
  });

  test('the days are not the whole', async () => {
    const copy = tampered(
      `insert into session_days (session_id, day, watched_ms) select :first, day - 1, 7 from sessions where session_id = :first`,
    );
    expect(await auditDatabase(`file:${copy}`, learners)).toEqual({ ...clean, doubledMs: 7 });
  });

  test('a learner has two unsealed sessions', async () => {
    const copy = tampered(
      `drop index sessions_one_unsealed_per_learner; ${duplicate}; insert into sessions select * from twin`,
    );
    expect((await auditDatabase(`file:${copy}`, learners)).broken).toEqual(['u0 has 2 unsealed sessions']);
  });

  test('a learner nobody knows is stored', async () => {
    expect((await auditDatabase(`file:${file}`, learners.slice(1))).broken).toEqual([
      'u0 is stored and nobody knows them',
    ]);
  });

  test('a back end is shown less, and more', async () => {
    const shorter = await startService({
      env: on(tampered('update sessions set watched_ms = 0, day_ms = 0 where session_id = :first')),
    });
    expect((await auditCredits(shorter, learners)).lostMs).toBeGreaterThanOrEqual(2_000);
    await shorter.stop();
    const longer = await startService({
      env: on(
        tampered(
          `update sessions set opened_at = opened_at - 9000, watched_ms = watched_ms + 9000,
           day_ms = day_ms + 9000 where session_id = :first`,
        ),
      ),
    });
    expect((await auditCredits(longer, learners)).doubledMs).toBeGreaterThan(7_000);
    await longer.stop();
  });

  const on = (copy: string) => ({ DATABASE_URL: `file:${copy}` });

  function auditedSession(database: string): { watchedMs: number } {
    const client = new Database(database, { readonly: true });
    const row = client
      .prepare<[string], { watchedMs: number }>(
        'select watched_ms as watchedMs from sessions where session_id = ?',
      )
      .get(first);
    client.close();
    return row ?? { watchedMs: Number.NaN };
  }
});
