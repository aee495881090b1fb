import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cleanUp, sharedPostgres } from '../harness/index.ts';
import { createCommitWatch } from './commit-watch.ts';
import { type Cut, type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
import { createFraming } from './wire-messages.ts';

describe('a connection that is cut in the middle of a commit', () => {
  let direct: pg.Client;
  let wire: CuttingProxy;
  let url: URL;

  beforeAll(async () => {
    const postgres = await sharedPostgres();
    url = new URL(await postgres.createDatabase());
    direct = new pg.Client({ connectionString: url.href });
    await direct.connect();
    await direct.query('create table sessions (watched_ms int)');
    wire = await startCuttingProxy(postgres.port);
    url.port = String(wire.port);
    return async () => {
      await direct.end();
      await cleanUp();
    };
  });

  beforeEach(async () => {
    await direct.query('truncate sessions');
    await direct.query('insert into sessions values (0)');
  });

  const stored = async () => (await direct.query('select watched_ms from sessions')).rows[0].watched_ms;

  async function client(): Promise<pg.Client> {
    const connected = new pg.Client({ connectionString: url.href });
    connected.on('error', () => {});
    await connected.connect();
    return connected;
  }

  const beat = (through: pg.Client, ms: number) =>
    through.query({ name: 'beat', text: 'update sessions set watched_ms = $1 returning 1', values: [ms] });

  async function transact(through: pg.Client, ms: number): Promise<void> {
    await through.query('begin');
    await beat(through, ms);
    await through.query('commit');
  }

  const commits = { UPDATE: beat, COMMIT: transact } as const;

  test.each([
    { at: 'answer', of: 'COMMIT', result: 7 },
    { at: 'answer', of: 'UPDATE', result: 7 },
    { at: 'request', of: 'COMMIT', result: 0 },
    { at: 'request', of: 'UPDATE', result: 0 },
  ] as const)('$at of $of: who asked hears nothing, and $result is stored', async ({ at, of, result }) => {
    const asking = await client();
    const cut = wire.cut({ at, of });
    await expect(commits[of](asking, 7)).rejects.toThrow(/terminated|ECONNRESET/);
    await cut;
    expect(await stored()).toBe(result);
    const again = await client();
    await commits[of](again, 8);
    expect(await stored()).toBe(8);
    await again.end();
  });

  test.each([
    { at: 'answer', of: 'COMMIT' },
    { at: 'answer', of: 'UPDATE' },
    { at: 'request', of: 'COMMIT' },
  ] as const satisfies Cut[])(
    '$at of $of: what stores nothing, or is no commit of the kind, passes',
    async (where) => {
      const asking = await client();
      let isCut = false;
      const cut = wire.cut(where).then(() => {
        isCut = true;
      });
      expect((await asking.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await asking.query('update sessions set watched_ms = 1 where watched_ms = 12345');
      await asking.query('begin');
      await asking.query('select * from sessions for update');
      await asking.query('commit');
      await asking.query('begin');
      await beat(asking, 3);
      await asking.query('rollback');
      await commits[where.of === 'COMMIT' ? 'UPDATE' : 'COMMIT'](asking, 4);
      expect([isCut, await stored()]).toEqual([false, 4]);
      await expect(commits[where.of](asking, 5)).rejects.toThrow();
      await cut;
    },
  );

  test('a whole answer larger than any packet passes', async () => {
    const asking = await client();
    const { rows } = await asking.query("select repeat('x', 100000) as text from generate_series(1, 30)");
    expect(rows.map(({ text }) => text.length)).toEqual(Array(30).fill(100_000));
    await asking.end();
  });
});

test('messages that arrive byte by byte are read as a whole', () => {
  const message = (type: string, body: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(4 + body.length);
    return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
  };
  const read = createFraming('server');
  const watch = createCommitWatch();
  const told = [
    ...Buffer.concat([message('Z', 'I'), message('C', 'UPDATE 2\0'), message('Z', 'I'), message('Z', 'T')]),
  ]
    .flatMap((byte) => read(Buffer.from([byte])))
    .map((each) => watch.answered(each));
  expect(told).toEqual([null, null, 'UPDATE', null]);
});
