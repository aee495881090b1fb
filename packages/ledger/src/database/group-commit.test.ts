import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { afterThisTest, temporaryFolder } from '../testing/temporary.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';
import { LedgerUnavailable } from './problems.ts';

function bench(options: Partial<GroupCommitOptions> = {}) {
  const file = join(temporaryFolder(), 'group.db');
  const client = new Database(file, { timeout: 20 });
  afterThisTest(() => client.close());
  client.pragma('journal_mode = WAL');
  client.pragma('foreign_keys = ON');
  client.exec(`
    create table notes (id integer primary key, text text not null unique);
    create table promises (note integer references notes (id) deferrable initially deferred)`);
  const insert = client.prepare('insert into notes (text) values (?)');
  const write = (text: string) => () => void insert.run(text);
  const group = createGroupCommit(client, { maxWaiting: 1_000, ...options });
  /** What another process would see now. */
  const stored = () => {
    const other = new Database(file, { readonly: true });
    const texts = other.prepare<[], string>('select text from notes order by id').pluck().all();
    other.close();
    return texts;
  };
  const secondConnection = () => {
    const other = new Database(file);
    afterThisTest(() => other.close());
    return other;
  };
  return { client, group, write, stored, secondConnection };
}

const unavailable = (reason: string) => expect.objectContaining({ name: 'LedgerUnavailable', reason });

describe('commands that wait in one turn', () => {
  test('share one transaction, sorted by key, and each gets its own answer', async () => {
    const { group, write, stored } = bench();
    const answers = await Promise.all(
      ['c', 'a', 'b'].map((key) =>
        group.commit(key, () => {
          write(key)();
          return `answer of ${key} in batch ${group.batch}`;
        }),
      ),
    );
    expect(answers).toEqual(['answer of c in batch 1', 'answer of a in batch 1', 'answer of b in batch 1']);
    expect(stored()).toEqual(['a', 'b', 'c']);
  });

  test('are told to who observes commits, once they are on disk; what failed is not', async () => {
    const commits: [size: number, seenOnDisk: number][] = [];
    const { client, group, write, stored } = bench({
      onCommit: ({ size, ms }) => {
        expect(ms).toBeGreaterThan(0);
        commits.push([size, stored().length]);
      },
    });
    await Promise.all(['a', 'b', 'c'].map((key) => group.commit(key, write(key))));
    const promise = client.prepare('insert into promises values (4711)');
    await group.commit('d', () => void promise.run()).catch(() => {});
    await group.commit('e', write('e'));
    expect(commits).toEqual([
      [3, 3],
      [1, 4],
    ]);
  });

  test('of one key run in the order they came', async () => {
    const { group, write, stored } = bench();
    await Promise.all([
      group.commit('k', write('first')),
      group.commit('k', write('second')),
      group.commit('k', write('third')),
    ]);
    expect(stored()).toEqual(['first', 'second', 'third']);
  });

  test('are on disk before any is acknowledged', async () => {
    const { group, write, stored } = bench();
    const first = group.commit('a', write('a')).then(() => stored());
    const second = group.commit('b', write('b'));
    expect(stored()).toEqual([]);
    expect(await first).toEqual(['a', 'b']);
    await second;
  });

  test('are split over turns when they are many', async () => {
    const { group, write, stored } = bench({ maxBatch: 200 });
    const turns: number[] = [];
    const other = (async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        turns.push(stored().length);
      }
    })();
    const inBatch = (n: number) => () => {
      write(`${n}`)();
      return group.batch;
    };
    const numbers = Array.from({ length: 450 }, (_, n) => n);
    const batches = await Promise.all(numbers.map((n) => group.commit(`${n}`, inBatch(n))));
    expect([1, 2, 3].map((batch) => batches.filter((each) => each === batch).length)).toEqual([200, 200, 50]);
    await other;
    expect(turns[0]).toBeLessThan(450);
  });
});

describe('a command that fails', () => {
  test('is undone alone: one that is refused', async () => {
    const { group, write, stored } = bench();
    const settled = await Promise.allSettled([
      group.commit('a', write('same')),
      group.commit('b', write('same')),
      group.commit('c', write('other')),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_UNIQUE' } });
    expect(stored()).toEqual(['same', 'other']);
  });

  test('is undone alone: one of several statements, in its savepoint', async () => {
    const { group, write, stored } = bench();
    const halfDone = () => {
      write('half')();
      throw new RangeError('planted');
    };
    const settled = await Promise.allSettled([
      group.commit('a', write('before'), { savepoint: true }),
      group.commit('b', halfDone, { savepoint: true }),
      group.commit('c', write('after')),
    ]);
    expect(settled[1]).toMatchObject({ status: 'rejected', reason: new RangeError('planted') });
    expect(stored()).toEqual(['before', 'after']);
  });
});

test('a command that fails half done leaves nothing behind, whether it asked for a savepoint or not', async () => {
  const { group, write, stored } = bench();
  let runs = 0;
  const halfDone = () => {
    write('half')();
    write('half')();
  };
  const settled = await Promise.allSettled([
    group.commit('a', write('before')),
    group.commit('b', halfDone),
    group.commit('c', () => {
      write('after')();
      runs += 1;
      return runs;
    }),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored()).toEqual(['before', 'after']);
  expect(settled[2]).toMatchObject({ value: runs });
});

describe('a store that fails acknowledges nothing', () => {
  test('when the commit fails', async () => {
    const { client, group, write, stored } = bench();
    const promise = client.prepare('insert into promises values (4711)');
    const settled = await Promise.allSettled([
      group.commit('a', write('a')),
      group.commit('b', () => void promise.run()),
      group.commit('c', write('c')),
    ]);
    expect(settled.map((each) => each.status === 'rejected' && each.reason)).toEqual(
      Array(3).fill(unavailable('failed')),
    );
    expect(stored()).toEqual([]);
    await group.commit('d', write('d'));
    expect(stored()).toEqual(['d']);
  });

  test('when the disk is full, also for those that ran before it was', async () => {
    const { client, group, write, stored } = bench();
    const pages = client.pragma('page_count', { simple: true });
    client.pragma(`max_page_count = ${pages}`);
    const settled = await Promise.allSettled([
      group.commit('a', write('small')),
      group.commit('b', write('x'.repeat(100_000)), { savepoint: true }),
      group.commit('c', write('another')),
    ]);
    expect(settled.map((each) => each.status === 'rejected' && each.reason)).toEqual(
      Array(3).fill(unavailable('full')),
    );
    expect(stored()).toEqual([]);
    client.pragma('max_page_count = 100000');
    await group.commit('d', write('d'));
    expect(stored()).toEqual(['d']);
  });

  test('when it is closed', async () => {
    const { client, group, write } = bench();
    const waiting = group.commit('a', write('a'));
    client.close();
    await expect(waiting).rejects.toBeInstanceOf(LedgerUnavailable);
  });

  test('when too many wait', async () => {
    const { group, write, stored } = bench({ maxWaiting: 2 });
    const settled = await Promise.allSettled(['a', 'b', 'c'].map((key) => group.commit(key, write(key))));
    expect(settled[2]).toMatchObject({ status: 'rejected', reason: unavailable('crowded') });
    expect(stored()).toEqual(['a', 'b']);
    await group.commit('d', write('d'));
    expect(stored()).toEqual(['a', 'b', 'd']);
  });
});

describe('while another process writes', () => {
  test('commands wait their turn, other work goes on, and they keep their order', async () => {
    vi.useFakeTimers();
    afterThisTest(() => vi.useRealTimers());
    const { group, write, stored, secondConnection } = bench({ maxBatch: 2 });
    const other = secondConnection();
    other.exec("BEGIN IMMEDIATE; insert into notes (text) values ('theirs')");
    const first = ['b', 'a', 'c'].map((key) => group.commit(key, write(key)));
    let turns = 0;
    const beside = setInterval(() => (turns += 1), 1);
    await vi.advanceTimersByTimeAsync(1_500);
    clearInterval(beside);
    expect(turns).toBeGreaterThan(1_000);
    const later = group.commit('a', write('a later'));
    other.exec('COMMIT');
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all([...first, later]);
    expect(stored()).toEqual(['theirs', 'a', 'b', 'a later', 'c']);
  });

  test('for longer than two seconds, they are refused, each after its own two seconds', async () => {
    vi.useFakeTimers();
    afterThisTest(() => vi.useRealTimers());
    const { group, write, stored, secondConnection } = bench();
    const other = secondConnection();
    other.exec('BEGIN IMMEDIATE');
    const refused: string[] = [];
    const waiting = (key: string) =>
      group.commit(key, write(key)).catch((error: unknown) => {
        expect(error).toEqual(unavailable('busy'));
        refused.push(key);
      });
    const first = waiting('first');
    await vi.advanceTimersByTimeAsync(1_000);
    const second = waiting('second');
    await vi.advanceTimersByTimeAsync(900);
    expect(refused).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(refused).toEqual(['first']);
    other.exec('ROLLBACK');
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all([first, second, group.idle()]);
    expect(stored()).toEqual(['second']);
  });
});

test('draining: idle resolves when nothing waits, however many turns that takes', async () => {
  const { group, write, stored } = bench({ maxBatch: 2 });
  await group.idle();
  const commits = Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => group.commit(key, write(key))));
  expect(stored()).toHaveLength(0);
  await group.idle();
  expect(stored()).toHaveLength(5);
  await commits;
});
