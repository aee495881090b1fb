import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { afterThisTest, temporaryFolder } from '../testing/temporary.ts';
import { DatabaseOwned, type OwnershipMode, own } from './ownership.ts';
import { LedgerCannotOpen } from './problems.ts';

const databaseFile = () => join(temporaryFolder(), 'ledger.db');

function held(file: string, mode: OwnershipMode) {
  const ownership = own(file, mode);
  afterThisTest(() => ownership.release());
  return ownership;
}

/** Another process that holds the database until it is killed. */
async function otherProcess(file: string, mode: OwnershipMode): Promise<ChildProcess & { answer: string }> {
  const program = `
    const { own } = await import(${JSON.stringify(new URL('./ownership.ts', import.meta.url).href)});
    try {
      own(${JSON.stringify(file)}, ${JSON.stringify(mode)});
      console.log('holds');
      setInterval(() => {}, 1000);
    } catch (error) {
      console.log(error.name + ': ' + error.message);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterThisTest(() => void child.kill('SIGKILL'));
  const answer = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  return Object.assign(child, { answer });
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

describe('T22: two processes on one database file', () => {
  test('with locks in memory, the second refuses to start and says what to do', async () => {
    const file = databaseFile();
    held(file, 'alone');
    const second = await otherProcess(file, 'alone');
    expect(second.answer).toMatch(
      /^DatabaseOwned: .*ledger\.db alone.*Stop the other process, or set REDIS_URL/,
    );
  });

  test('a process with locks in memory refuses to start beside one with locks in Redis, and the other way', async () => {
    const file = databaseFile();
    expect((await otherProcess(file, 'shared')).answer).toBe('holds');
    expect(() => own(file, 'alone')).toThrow(DatabaseOwned);

    const another = databaseFile();
    expect((await otherProcess(another, 'alone')).answer).toBe('holds');
    expect(() => own(another, 'shared')).toThrow(DatabaseOwned);
  });

  test('several with locks in Redis share it, also after one was refused alone', async () => {
    const file = databaseFile();
    held(file, 'shared');
    expect(() => own(file, 'alone')).toThrow(DatabaseOwned);
    expect((await otherProcess(file, 'shared')).answer).toBe('holds');
    held(file, 'shared');
  });

  test.each<OwnershipMode>(['alone', 'shared'])(
    'kill -9 of a process that holds it %s frees it at once',
    async (mode) => {
      const file = databaseFile();
      const first = await otherProcess(file, mode);
      expect(first.answer).toBe('holds');
      expect(() => own(file, 'alone')).toThrow(DatabaseOwned);
      await killed(first);
      held(file, 'alone');
    },
  );

  test('not even one process may own it twice', () => {
    const file = databaseFile();
    held(file, 'alone');
    expect(() => own(file, 'alone')).toThrow(DatabaseOwned);
  });

  test('another path to the same file changes nothing', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    held(join(folder, 'real', 'ledger.db'), 'alone');
    expect(() => own(join(folder, 'link', 'ledger.db'), 'alone')).toThrow(DatabaseOwned);
    expect(() => own(join(folder, 'link', '..', 'real', 'ledger.db'), 'alone')).toThrow(DatabaseOwned);
  });

  test('links that lead nowhere at the first start lead to the same owner as later, when the file is there', () => {
    const folder = temporaryFolder();
    const real = join(folder, 'disk', 'store', 'real.db');
    mkdirSync(join(folder, 'data'));
    mkdirSync(join(folder, 'other'));
    symlinkSync(join('..', 'disk'), join(folder, 'other', 'disk'));
    symlinkSync(join('..', 'other', 'disk', 'store', 'real.db'), join(folder, 'data', 'w.db'));
    const link = join(folder, 'data', 'w.db');
    held(link, 'alone');
    expect(() => own(real, 'alone')).toThrow(DatabaseOwned);
    writeFileSync(real, '');
    expect(() => own(link, 'alone')).toThrow(DatabaseOwned);
    expect(() => own(real, 'shared')).toThrow(DatabaseOwned);
    expect(existsSync(`${real}.owner`)).toBe(true);
    expect(existsSync(`${link}.owner`)).toBe(false);
  });

  test('a link to itself is refused', () => {
    const file = databaseFile();
    symlinkSync(file, file);
    expect(() => own(file, 'alone')).toThrow(/too many links/);
  });

  test('released, it is free again', () => {
    const file = databaseFile();
    own(file, 'alone').release();
    held(file, 'shared');
  });
});

test('a path that cannot be written is named', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(() => own(join(folder, 'file', 'ledger.db'), 'alone')).toThrow(LedgerCannotOpen);
});
