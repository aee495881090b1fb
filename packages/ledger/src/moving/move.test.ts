import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant, milliseconds } from '@watchledger/rules';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { createPostgresCourseware } from '../courseware/postgres.ts';
import { openPostgres } from '../database/postgres.ts';
import { openSqlite, type SqliteDatabase } from '../database/sqlite.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import { afterThisTest, temporaryFolder } from '../testing/temporary.ts';
import { postgresOfThisProcess } from '../testing/temporary-postgres.ts';
import { plantLedger } from './ledger-for-moves.testing.ts';
import { compareLedgers, moveLedger } from './move.ts';
import type { MovableLedger, MoveTarget } from './port.ts';
import { createPostgresTarget, createStillPostgresSource } from './postgres.ts';
import { createSqliteSource, createSqliteTarget } from './sqlite.ts';
import { movableTables } from './tables.ts';

function filled(): SqliteDatabase {
  const database = emptyFile();
  plantLedger(database);
  return database;
}

function emptyFile(): SqliteDatabase {
  const database = openSqlite({ file: join(temporaryFolder(), 'ledger.db'), migrate: true });
  afterThisTest(() => database.close());
  return database;
}

/** What the file holds, as SQLite itself tells it: every value with its type. */
function dump({ client }: SqliteDatabase): Record<string, unknown[]> {
  const tables = movableTables.map(({ name, columns }) => {
    const values = columns.map((column) => `quote(${column.name})`).join(` || ',' || `);
    return [name, client.prepare(`select ${values} from ${name} order by 1`).pluck().all()];
  });
  return Object.fromEntries(tables);
}

async function emptyDatabase(): Promise<string> {
  const url = await (await postgresOfThisProcess()).createDatabase();
  await (await openPostgres({ url, migrate: true })).close();
  return url;
}

async function connected(url: string) {
  const { pool, close } = await openPostgres({ url, migrate: true, ofMove: true, connections: 1 });
  const client = await pool.connect();
  const leave = async () => {
    client.release(true);
    await close();
  };
  return { client, place: url, leave };
}

async function inPostgres<Result>(
  url: string,
  work: (target: MoveTarget, client: Awaited<ReturnType<typeof connected>>['client']) => Promise<Result>,
): Promise<Result> {
  const { leave, ...connection } = await connected(url);
  try {
    return await work(createPostgresTarget(connection), connection.client);
  } finally {
    await leave();
  }
}

function source(database: SqliteDatabase): MovableLedger {
  const reader = openSqlite({ file: database.file, readOnly: true, current: true });
  afterThisTest(() => reader.close());
  return createSqliteSource(reader);
}

async function stillSource(url: string): Promise<MovableLedger> {
  const connection = await connected(url);
  afterThisTest(connection.leave);
  return createStillPostgresSource(connection);
}

describe('a ledger', () => {
  test('comes back from PostgreSQL byte for byte, proven equal on both ways', async () => {
    const from = filled();
    const url = await emptyDatabase();
    const up = await inPostgres(url, (target) => moveLedger(source(from), target, { chunk: 4 }));
    expect(up).toMatchObject({ equal: true, first: [], learners: 13, sessionDays: 72 });
    expect(up.checksums.from).toBe(up.checksums.to);

    const back = emptyFile();
    const down = await moveLedger(await stillSource(url), createSqliteTarget(back), { chunk: 5 });
    expect(down).toMatchObject({ equal: true, checksums: up.checksums });
    expect(dump(back)).toEqual(dump(from));
  });

  test('goes on counting above what was moved', async () => {
    const url = await emptyDatabase();
    await inPostgres(url, (target) => moveLedger(source(filled()), target));
    const database = await openPostgres({ url, migrate: true });
    afterThisTest(() => database.close());
    const fields = {
      title: 'A',
      kind: 'video',
      limitMs: milliseconds(1),
      mediaSeconds: null,
      creator: null,
      open: true,
    } as const;
    const write = { actor: 'ann', at: instant(1), reason: null, expected: null };
    await createPostgresCourseware(database).put('new' as never, fields, write);
    const { rows } = await database.pool.query(`select max(sequence)::int as newest from audit`);
    expect(rows).toEqual([{ newest: 13 }]);
  });

  test('that holds nothing moves, too', async () => {
    const url = await emptyDatabase();
    const proof = await inPostgres(url, (target) => moveLedger(source(emptyFile()), target));
    expect(proof).toMatchObject({ equal: true, learners: 0 });
  });
});

/** A target that breaks off after so many chunks, the last of which may or may not be written. */
function breaking(target: MoveTarget, chunks: number, written: boolean): MoveTarget {
  let left = chunks;
  return {
    ...target,
    async add(table, rows) {
      left -= 1;
      if (left >= 0) return target.add(table, rows);
      if (written) await target.add(table, rows);
      throw new Error('broken off');
    },
  };
}

describe('a move that is broken off', () => {
  test('goes on after any chunk, writes no row twice, and ends in the same', async () => {
    const from = filled();
    let asked = 0;
    const url = await emptyDatabase();
    for (let round = 0; ; round += 1) {
      const proof = await inPostgres(url, async (target) => {
        const counted: MoveTarget = {
          ...target,
          add: (table, rows) => {
            asked += rows.length;
            return target.add(table, rows);
          },
        };
        return moveLedger(source(from), breaking(counted, 1, round % 2 === 0), { chunk: 7 }).catch(
          () => null,
        );
      });
      if (proof === null) continue;
      expect(proof.equal).toBe(true);
      expect(round).toBeGreaterThan(6);
      break;
    }
    const rows = Object.values(dump(from)).flat().length;
    expect(asked).toBeLessThanOrEqual(rows);
    const back = emptyFile();
    for (;;) {
      const target = breaking(createSqliteTarget(back), 1, true);
      if ((await moveLedger(await stillSource(url), target, { chunk: 9 }).catch(() => null)) !== null) break;
    }
    expect(dump(back)).toEqual(dump(from));
  });

  test('leaves what nobody can serve or move on, until it has finished', async () => {
    const from = filled();
    const url = await emptyDatabase();
    const file = emptyFile();
    const failing = inPostgres(url, (target) =>
      moveLedger(source(from), breaking(target, 3, true), { chunk: 5 }),
    );
    await expect(failing).rejects.toThrow('broken off');
    await expect(
      moveLedger(source(from), breaking(createSqliteTarget(file), 3, true), { chunk: 5 }),
    ).rejects.toThrow('broken off');

    const unfinished = /a move into it is not finished: run the same move again/;
    await expect(openPostgres({ url, migrate: true })).rejects.toThrow(unfinished);
    await expect(openPostgres({ url, readOnly: true, current: true })).rejects.toThrow(unfinished);
    expect(() => openSqlite({ file: file.file, migrate: true })).toThrow(unfinished);
    expect(() => openSqlite({ file: file.file, readOnly: true, current: true })).toThrow(unfinished);

    await inPostgres(url, (target) => moveLedger(source(from), target));
    await moveLedger(source(from), createSqliteTarget(file));
    await (await openPostgres({ url, migrate: true })).close();
    openSqlite({ file: file.file, migrate: true }).close();
  });

  test('copies everything once more where the source was used meanwhile', async () => {
    const from = filled();
    const url = await emptyDatabase();
    const stages: string[] = [];
    await inPostgres(url, (target) =>
      moveLedger(source(from), breaking(target, 9, true), { chunk: 5 }),
    ).catch(() => {});
    from.client.exec(`update sessions set sealed_at = last_report_at, sealed_as = 'ended' where sealed_at is null;
      update learners set first_seen_at = 4 where learner_id = 'a';
      delete from courseware where courseware_id = 'CW-2'`);
    const proof = await inPostgres(url, (target) =>
      moveLedger(source(from), target, { onStage: (stage) => stages.push(stage) }),
    );
    expect(stages).toEqual(['resumed', 'again']);
    expect(proof.equal).toBe(true);
  });

  test('is not mixed with a move from elsewhere', async () => {
    const from = filled();
    const url = await emptyDatabase();
    await inPostgres(url, (target) => moveLedger(source(from), breaking(target, 2, true))).catch(() => {});
    await expect(inPostgres(url, (target) => moveLedger(source(filled()), target))).rejects.toThrow(
      `a move from file:${from.file} into it is not finished`,
    );
  });
});

describe('is refused before anything is written', () => {
  test('a target with facts of its own', async () => {
    const url = await emptyDatabase();
    await inPostgres(url, (_, client) =>
      client.query(`insert into learners (learner_id, first_seen_at) values ('u1', 1)`),
    );
    await expect(inPostgres(url, (target) => moveLedger(source(filled()), target))).rejects.toThrow(
      'it holds facts already',
    );
    await expect(moveLedger(source(filled()), createSqliteTarget(filled()))).rejects.toThrow(
      'it holds facts already',
    );
    await (await openPostgres({ url, migrate: true })).close();
  });

  test.each([
    [
      `update sessions set session_id = 'S1' where session_id = (select max(session_id) from sessions)`,
      /^.*sessions "S1": its session_id is no UUID/,
    ],
    [
      `update sessions set session_id = upper(session_id) where session_id like '%a0%'`,
      /no UUID in lower case/,
    ],
    [
      `insert into learners (learner_id, first_seen_at) values ('nul' || char(0) || 'x', 1)`,
      /learners "nul\\u0000x": its learner_id holds a NUL/,
    ],
    [
      `update learners set first_seen_at = 'soon' where learner_id = 'a'`,
      /learners "a": its first_seen_at is no integer/,
    ],
    [`update learners set first_seen_at = 1.5 where learner_id = 'a'`, /its first_seen_at is no integer/],
    [`update courseware set title = x'00ff' where courseware_id = 'cw-1'`, /its title is no text/],
    [`update courseware set open = 2 where courseware_id = 'cw-1'`, /its open is neither 0 nor 1/],
    [
      `update coverage set ranges = '' where learner_id = 'a' and courseware_id = 'cw-1'`,
      /coverage "a cw-1": its ranges is no JSON/,
    ],
    [
      `insert into audit (sequence, at, actor, action, subject_kind, subject_id, changes, seal) values (20, 1, '', '', '', '', '{]', '')`,
      /audit "20": its changes is no JSON/,
    ],
    [
      `insert into audit (sequence, at, actor, action, subject_kind, subject_id, changes, seal) values (20, 1, '', '', '', '', '["\\u0000"]', '')`,
      /audit "20": its changes hold a character/,
    ],
    [
      `insert into audit (sequence, at, actor, action, subject_kind, subject_id, changes, seal) values (20, 1, '', '', '', '', '["\\\\\\ud800"]', '')`,
      /audit "20": its changes hold a character/,
    ],
  ])('what PostgreSQL could not hold: %s', async (statement, refusal) => {
    const from = filled();
    from.client.exec(statement);
    const to = emptyFile();
    await expect(moveLedger(source(from), createSqliteTarget(to))).rejects.toThrow(refusal);
    openSqlite({ file: to.file, migrate: true }).close();
  });

  test('a source that is being written to', async () => {
    const url = await emptyDatabase();
    const { client, leave } = await connected(url);
    afterThisTest(leave);
    await client.query('begin');
    await client.query(`insert into learners (learner_id, first_seen_at) values ('u1', 1)`);
    await expect(stillSource(url)).rejects.toThrow('somebody is writing to it');
  });

  test('a file that is no ledger, or one of another release', () => {
    const database = filled();
    const open = () => openSqlite({ file: database.file, readOnly: true, current: true });
    open().close();
    database.client.exec(`insert into __drizzle_migrations (hash, created_at) values ('later', 1)`);
    expect(open).toThrow(/a newer release/);
    database.client.exec(`delete from __drizzle_migrations`);
    expect(open).toThrow(/there is no ledger in it/);
  });
});

test('while it is the source of a move, nobody writes to PostgreSQL', async () => {
  const url = await emptyDatabase();
  await stillSource(url);
  const other = await openPostgres({ url, connections: 1, migrate: true });
  afterThisTest(() => other.close());
  await expect(
    other.pool.query(`insert into learners (learner_id, first_seen_at) values ('u1', 1)`),
  ).rejects.toThrow(/lock timeout/);
});

describe('the proof', () => {
  let from: SqliteDatabase;
  let connection: Awaited<ReturnType<typeof connected>>;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchledger-'));
    from = openSqlite({ file: join(folder, 'ledger.db'), migrate: true });
    plantLedger(from);
    connection = await connected(await emptyDatabase());
    await moveLedger(
      createSqliteSource(openSqlite({ file: from.file, readOnly: true })),
      createPostgresTarget(connection),
    );
    return async () => {
      from.close();
      rmSync(folder, { recursive: true });
      await connection.leave();
    };
  });

  /** The comparison after a statement, which is then taken back. */
  async function proofAfter(statement: string) {
    const { client } = connection;
    await client.query('begin');
    await client.query(statement);
    const proof = await compareLedgers(source(from), createPostgresTarget(connection), { chunk: 2 });
    await client.query('rollback');
    return proof;
  }

  test.each([
    [
      `update sessions set watched_ms = watched_ms + 1, last_report_at = last_report_at + 1, sealed_at = sealed_at + 1
      where learner_id = '🎓' and sealed_as = 'ended'`,
      ['learner "🎓" has facts that differ'],
    ],
    [
      `update session_days set watched_ms = watched_ms - 1 where session_id =
      (select session_id from sessions where learner_id = '' and sealed_as = 'ended')`,
      ['learner "" has facts that differ'],
    ],
    [
      `update sessions set client_id = '' where learner_id = 'a' and sealed_at is null`,
      ['learner "a" has facts that differ'],
    ],
    [
      `update coverage set position_ms = 6 where learner_id = 'ä' and courseware_id = 'CW-2'`,
      ['learner "ä" has facts that differ'],
    ],
    [`delete from coverage where learner_id = 'Z'`, ['learner "Z" has facts that differ']],
    [`insert into coverage values ('AA', 'cw-1', '[]')`, ['learner "AA" is in the target alone']],
    [
      `delete from sessions where learner_id = '张三' and sealed_at is null`,
      [
        'learner "张三" has 3 sessions in the source and 2 in the target, 6 session-days in the source and 5 in the target',
      ],
    ],
    [
      `delete from learners where learner_id = 'seen, never watched'`,
      ['learner "seen, never watched" is in the source alone'],
    ],
    [`delete from learners where learner_id = 'Z'`, ['learner "Z" has facts that differ']],
    [
      `insert into learners (learner_id, first_seen_at) values ('AA', 1)`,
      ['learner "AA" is in the target alone'],
    ],
    [
      `insert into session_days values (gen_random_uuid(), 1, 1)`,
      ['session_days has 1 of no session in the target'],
    ],
    [`update courseware set limit_ms = 1 where courseware_id = 'cw-1'`, ['courseware cw-1 differs']],
    [
      `insert into audit (sequence, at, actor, action, subject_kind, subject_id, changes, seal) values (13, 1, '', '', '', '', '[]', '')`,
      ['audit 13 is in the target alone'],
    ],
    [`update revisions set value = 1`, ['revisions shared differs']],
    [`update policies set policy = '{}' where sequence = 4`, ['policies 4 differs']],
  ])('names what differs after: %s', async (statement, first) => {
    const { equal, checksums, ...found } = await proofAfter(statement);
    expect(found).toMatchObject({ first, differences: first.length });
    expect(equal).toBe(false);
    expect(checksums.from).not.toBe(checksums.to);
  });

  test('names the first ten, and counts the rest', async () => {
    const { first, differences } = await proofAfter(`update sessions set state = 'elsewhere'`);
    expect([first.length, differences]).toEqual([10, 12]);
  });
});

test('the rows of every table in PostgreSQL are read along its primary key, and never sorted', async () => {
  const { client, place, leave } = await connected(await emptyDatabase());
  afterThisTest(leave);
  const asked: pg.QueryArrayConfig[] = [];
  const listening = {
    query: (statement: pg.QueryArrayConfig) => {
      if (typeof statement === 'object') asked.push(statement);
      return client.query(statement);
    },
  } as unknown as pg.ClientBase;
  const target = createPostgresTarget({ client: listening, place });
  const anyOf = { uuid: sessionIdOf('1'), text: 'a', integer: '1', boolean: '1', json: '{}' };
  for (const table of movableTables) {
    await target.lastKey(table);
    await target.rowsAfter(table, null, 5_000);
    await target.rowsAfter(
      table,
      table.key.map(({ kind }) => anyOf[kind]),
      5_000,
    );
  }
  await client.query('set enable_seqscan = off; set enable_bitmapscan = off');
  for (const { text, values } of asked) {
    const { rows } = await client.query<string[]>({
      text: `explain ${text}`,
      values: values ?? [],
      rowMode: 'array',
    });
    expect(rows.join('\n'), text).toMatch(/Index (Only )?Scan/);
    expect(rows.join('\n'), text).not.toMatch(/Sort/);
  }
});
