import { dayNumber, instant, type LearnerId, milliseconds } from '@watchledger/rules';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { createPostgresCredits } from '../credits/postgres.ts';
import { openPostgres, type PostgresDatabase } from '../database/postgres.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import { afterThisTest } from '../testing/temporary.ts';
import { temporaryPostgres } from '../testing/temporary-postgres.ts';
import { viewingContract } from './contract.ts';
import type { Opening, Progress, ViewingLedger } from './port.ts';
import { createPostgresViewing } from './postgres.ts';

const T0 = 1_000_000;
const DAY = 20_513;

const opening = (name: string, learnerId = `u-${name}`, at = T0): Opening => ({
  sessionId: sessionIdOf(name),
  learnerId: learnerId as LearnerId,
  coursewareId: 'A' as Opening['coursewareId'],
  clientId: null,
  endTokenHash: '',
  openedAt: instant(at),
  day: dayNumber(DAY),
});

const playing = (name: string, baseAt: number, at: number): Progress => ({
  sessionId: sessionIdOf(name),
  baseAt: instant(baseAt),
  lastReportAt: instant(at),
  grewAt: instant(at),
  watchedMs: milliseconds(at - T0),
  forfeitedMs: milliseconds(0),
  day: dayNumber(DAY),
  dayMs: milliseconds(at - T0),
  previousDayMs: milliseconds(0),
  state: 'playing',
  seal: null,
});

/** The same, from the day after; the day before got everything but the last 5 ms. */
const afterMidnight = (name: string, baseAt: number, at: number): Progress => ({
  ...playing(name, baseAt, at),
  day: dayNumber(DAY + 1),
  dayMs: milliseconds(5),
  previousDayMs: milliseconds(at - T0 - 5),
});

const names = (count: number) => Array.from({ length: count }, (_, n) => `s${String(n).padStart(4, '0')}`);

/** Another process that serves the same database. */
async function peer(url: string): Promise<PostgresDatabase> {
  const database = await openPostgres({ url, connections: 5 });
  afterThisTest(() => database.close());
  return database;
}

const viewingOf = (database: PostgresDatabase) => createPostgresViewing(database, { maxWaiting: 10_000 });

async function two() {
  const { database, url } = await temporaryPostgres();
  return { database, url, one: viewingOf(database), other: viewingOf(await peer(url)) };
}

async function openEach(ledger: ViewingLedger, openings: readonly Opening[]): Promise<void> {
  for (const each of openings) await ledger.open(each);
}

const outcomesOf = async (recorded: Promise<{ outcome: string }>[]) =>
  (await Promise.all(recorded)).map(({ outcome }) => outcome);

async function totals({
  pool,
}: PostgresDatabase): Promise<{ watched: number; days: number; sessions: number }> {
  const { rows } = await pool.query(`
    select count(*)::int as sessions, sum(watched_ms)::int as watched,
      (sum(day_ms) + coalesce((select sum(watched_ms) from session_days), 0))::int as days from sessions`);
  return rows[0];
}

describe('viewing in PostgreSQL', () => {
  viewingContract(async () => {
    const { database, url } = await temporaryPostgres();
    return {
      ledger: createPostgresViewing(database, { maxWaiting: 100 }),
      peer: viewingOf(await peer(url)),
      earlierDays: async (sessionId) => {
        const { rows } = await database.pool.query(
          'select day, watched_ms from session_days where session_id = $1 order by day',
          [sessionId],
        );
        return rows.map((row) => [Number(row.day), Number(row.watched_ms)] as const);
      },
    };
  });
});

describe('heartbeats of several processes on one PostgreSQL', () => {
  test('overlapping batches, in opposite orders, neither wait for good nor count anything twice', async () => {
    const { database, one, other } = await two();
    const all = names(100);
    await openEach(
      one,
      all.map((name) => opening(name)),
    );
    for (let round = 0; round < 10; round += 1) {
      const [base, at] = [T0 + round * 20, T0 + (round + 1) * 20];
      const outcomes = await outcomesOf([
        ...all.map((name) => one.record(playing(name, base, at))),
        ...all.toReversed().map((name) => other.record(playing(name, base, at))),
      ]);
      expect(new Set(outcomes)).toEqual(new Set(['recorded']));
    }
    expect(await totals(database)).toEqual({ sessions: 100, watched: 20_000, days: 20_000 });
  });

  test('at midnight all sessions move their day, in both processes at once', async () => {
    const { database, one, other } = await two();
    const all = names(200);
    await openEach(
      one,
      all.map((name) => opening(name)),
    );
    const outcomes = await outcomesOf([
      ...all.map((name) => one.record(afterMidnight(name, T0, T0 + 100))),
      ...all.toReversed().map((name) => other.record(afterMidnight(name, T0, T0 + 100))),
    ]);
    expect(new Set(outcomes)).toEqual(new Set(['recorded']));
    expect(await totals(database)).toEqual({ sessions: 200, watched: 20_000, days: 20_000 });
  });

  test('late settlements, openings and heartbeats of the same learners do not deadlock', async () => {
    const { database, one, other } = await two();
    const all = names(40);
    await openEach(
      one,
      all.map((name) => opening(`a${name}`, name)),
    );
    await openEach(
      one,
      all.map((name) => opening(`b${name}`, name, T0 + 100)),
    );
    const outcomes = await outcomesOf([
      ...all.map((name) => one.record(playing(`a${name}`, T0, T0 + 100))),
      ...all.toReversed().map((name) => other.record(playing(`a${name}`, T0, T0 + 100))),
      ...all.map((name) =>
        other.record({
          ...playing(`b${name}`, T0 + 100, T0 + 150),
          watchedMs: milliseconds(50),
          dayMs: milliseconds(50),
        }),
      ),
    ]);
    const settled = await Promise.all(
      all.map((name) => other.settleLate(sessionIdOf(`a${name}`), () => playing(`a${name}`, T0, T0 + 100))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['recorded']));
    expect(settled.map((session) => session?.watchedMs)).toEqual(all.map(() => 100));
    expect(await totals(database)).toEqual({ sessions: 80, watched: 40 * 150, days: 40 * 150 });
  });

  test('T13: of openings by one learner that race, all are in one order, and one is unsealed', async () => {
    const { database, one, other } = await two();
    const outcomes = await Promise.all(
      names(30).map((name, n) => (n % 2 === 0 ? one : other).open(opening(name, 'u1', T0 + n))),
    );
    expect(outcomes).toContain('opened');
    const { rows } = await database.pool.query(
      'select opened_at::int, sealed_at::int from sessions order by opened_at',
    );
    expect(rows.filter(({ sealed_at }) => sealed_at === null)).toHaveLength(1);
    expect(rows.at(-1)?.sealed_at).toBeNull();
    for (const [nth, { sealed_at }] of rows.slice(0, -1).entries())
      expect(sealed_at).toBe(rows[nth + 1]?.opened_at);
  });

  test('a heartbeat that another transaction holds up does not hold up the others', async () => {
    const { database, one } = await two();
    const all = names(3);
    await openEach(
      one,
      all.map((name) => opening(name)),
    );
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('select 1 from sessions where session_id = $1 for update', [sessionIdOf('s0001')]);
    const [first, held, third] = all.map((name) => one.record(playing(name, T0, T0 + 20)));
    expect(await Promise.all([first, third])).toMatchObject([
      { outcome: 'recorded' },
      { outcome: 'recorded' },
    ]);
    expect(await one.session(sessionIdOf('s0001'))).toMatchObject({ watchedMs: 0 });
    // Others go on also while the held one is tried again and again.
    for (let beat = 1; beat < 5; beat += 1)
      expect(await one.record(playing('s0000', T0 + beat * 20, T0 + (beat + 1) * 20))).toMatchObject({
        outcome: 'recorded',
      });
    await client.query('rollback');
    client.release();
    expect(await held).toMatchObject({ outcome: 'recorded' });
    expect(await one.session(sessionIdOf('s0001'))).toMatchObject({ watchedMs: 20 });
  });

  test('a hundred openings and endings of one learner leave connections to all others', async () => {
    const { one } = await two();
    const crowd = names(100).map((name, n) => one.open(opening(name, 'crowd', T0 + n)));
    const others = Promise.all(['a', 'b', 'c'].map((name) => one.open(opening(name))));
    expect(await others).toEqual(['opened', 'opened', 'opened']);
    await Promise.all(crowd);
  });
});

describe('one bad row', () => {
  test('fails alone: the others of its batch are on disk', async () => {
    const { database, one } = await two();
    const all = names(9);
    await openEach(
      one,
      all.map((name) => opening(name)),
    );
    const impossible = {
      ...playing('s0004', T0, T0 + 20),
      watchedMs: milliseconds(21),
      dayMs: milliseconds(21),
    };
    const settled = await Promise.allSettled(
      all.map((name) => one.record(name === 's0004' ? impossible : playing(name, T0, T0 + 20))),
    );
    expect(settled.map(({ status }) => status)).toEqual(
      all.map((name) => (name === 's0004' ? 'rejected' : 'fulfilled')),
    );
    expect(await totals(database)).toMatchObject({ watched: 8 * 20 });
  });

  test('fails alone also at midnight', async () => {
    const { database, one } = await two();
    const all = names(5);
    await openEach(
      one,
      all.map((name) => opening(name)),
    );
    const impossible = { ...afterMidnight('s0002', T0, T0 + 100), lastReportAt: instant(T0 + 99) };
    const settled = await Promise.allSettled(
      all.map((name) => one.record(name === 's0002' ? impossible : afterMidnight(name, T0, T0 + 100))),
    );
    expect(settled.map(({ status }) => status)).toEqual(
      all.map((name) => (name === 's0002' ? 'rejected' : 'fulfilled')),
    );
    expect(await totals(database)).toMatchObject({ watched: 400, days: 400 });
  });
});

/** Ends every connection of the ledger, as a restart would. */
async function cutAll({ pool }: PostgresDatabase): Promise<void> {
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'watchledger' and pid <> pg_backend_pid()",
  );
}

const refusalOf = (command: Promise<unknown>): Promise<string> =>
  command.then(
    () => 'nothing refused it',
    (error: Error) => error.name,
  );

describe('a PostgreSQL that goes away', () => {
  test('acknowledges nothing, and the same totals sent again are taken once', async () => {
    const { database, url } = await temporaryPostgres();
    const breaking = await peer(url);
    const ledger = viewingOf(breaking);
    await ledger.open(opening('s1'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('begin');
    await client.query('lock table sessions in access exclusive mode');
    const underWay = ledger.record(playing('s1', T0, T0 + 20));
    underWay.catch(() => {});
    const waits = async () => {
      const { rows } = await client.query('select count(*)::int as n from pg_locks where not granted');
      return rows[0]?.n;
    };
    await expect.poll(waits).toBe(1);
    await cutAll(database);
    await expect(underWay).rejects.toMatchObject({ name: 'LedgerUnavailable' });
    await client.end();
    for (const _ of [1, 2])
      expect(await ledger.record(playing('s1', T0, T0 + 20))).toMatchObject({ outcome: 'recorded' });
    expect(await ledger.session(sessionIdOf('s1'))).toMatchObject({ watchedMs: 20 });
  });

  test('is heard of by every command, and nobody else dies of it', async () => {
    const { database, url } = await temporaryPostgres();
    const ledger = viewingOf(await peer(url));
    await ledger.open(opening('s1'));
    const letIn = (anybody: boolean) =>
      database.pool.query('update pg_database set datallowconn = $1 where datname = current_database()', [
        anybody,
      ]);
    afterThisTest(() => letIn(true));
    await letIn(false);
    await cutAll(database);
    const asked: Promise<unknown>[] = [
      ledger.open(opening('s2')),
      ledger.record(playing('s1', T0, T0 + 20)),
      ledger.session(sessionIdOf('s1')),
      ledger.latestSession('u1' as LearnerId),
      ledger.settleLate(sessionIdOf('s1'), () => null),
    ];
    for (const answer of await Promise.allSettled(asked))
      expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'LedgerUnavailable' } });
  });
});

describe('a server that turned read-only, as after a failover', () => {
  test('stores nothing, is no fault of the caller, and heals by itself', async () => {
    const { database, url } = await temporaryPostgres();
    const ledger = viewingOf(await peer(url));
    await ledger.open(opening('s1'));
    const name = new URL(url).pathname.slice(1);
    const turn = async (setting: 'on' | 'off') => {
      await database.pool.query('set transaction_read_only = off').catch(() => {});
      await database.pool.query(`alter database ${name} set default_transaction_read_only = ${setting}`);
      await cutAll(database);
    };
    await turn('on');
    await expect.poll(() => refusalOf(ledger.record(playing('s1', T0, T0 + 20)))).toBe('LedgerUnavailable');
    expect(await refusalOf(ledger.open(opening('s2')))).toBe('LedgerUnavailable');
    await expect(openPostgres({ url })).rejects.toThrow(/takes no writes: set default_transaction_read_only/);
    const admin = new pg.Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
    await admin.connect();
    await admin.query(`alter database ${name} set default_transaction_read_only = off`);
    await admin.end();
    await expect
      .poll(() => ledger.record(playing('s1', T0, T0 + 20)).catch(() => null), { timeout: 10_000 })
      .toMatchObject({ outcome: 'recorded' });
  });
});

describe('a year of many learners', () => {
  test('heartbeats touch no index, and every look-up goes through one', async () => {
    const { database } = await temporaryPostgres({ unused: true });
    const { pool } = database;
    const heartbeats = async () => {
      await pool.query('select pg_stat_force_next_flush()').catch(() => {});
      const { rows } = await pool.query(
        "select n_tup_upd::int as updated, n_tup_hot_upd::int as hot, seq_scan::int as scans from pg_stat_user_tables where relname = 'sessions'",
      );
      return rows[0];
    };
    await pool.query(`
      insert into sessions (session_id, learner_id, courseware_id, end_token_hash, opened_at, last_report_at, grew_at,
        watched_ms, forfeited_ms, day, day_ms, state, sealed_at, sealed_as)
      select lpad(to_hex(n), 32, '0')::uuid, 'u' || n % 5000, 'A', '', n, n + 10, n + 10, 10, 0, 1, 10, 'playing',
        n + 10, 'ended' from generate_series(1, 50000) n`);
    await pool.query('analyze sessions');
    const scansBefore = (await heartbeats()).scans;
    const ledger = viewingOf(database);
    await ledger.open(opening('z1'));
    for (let beat = 0; beat < 50; beat += 1)
      await ledger.record(playing('z1', T0 + beat * 20, T0 + (beat + 1) * 20));
    const credits = createPostgresCredits(database, { startOf: (day) => instant(day * 86_400_000) });
    const learner = 'u17' as LearnerId;
    const search = { seenSince: null, openedBefore: null, coursewareId: null, after: null, limit: 10 };
    await ledger.latestSession(learner);
    await ledger.session(sessionIdOf('z1'));
    await ledger.newestReportAt();
    await ledger.settleLate(sessionIdOf('z1'), () => null);
    expect((await credits.learnerFacts(learner)).facts).toHaveLength(10);
    expect(await credits.factsOf([learner, 'u18' as LearnerId])).toHaveLength(2);
    await credits.sessionsOf(learner, search);

    await expect
      .poll(async () => (await heartbeats())?.updated, { timeout: 5_000 })
      .toBeGreaterThanOrEqual(40);
    const { updated, hot, scans } = await heartbeats();
    expect(hot / updated).toBeGreaterThan(0.9);
    expect(scans).toBe(scansBefore);
  });
});
