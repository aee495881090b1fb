import {
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openSqlite, own } from '@watchledger/ledger';
import { afterThisTest, plantSessions, temporaryFolder } from '@watchledger/ledger/testing';
import { expect, test } from 'vitest';
import { backUp } from './back-up.ts';
import { takePlace } from './database-files.ts';
import { restore } from './restore.ts';

const hour = 3_600_000;
const now = () => new Date('2026-03-01T08:00:00.123Z');

/** A ledger of some sessions, which nobody has open. */
function ledger(folder: string, name: string, sessions: number): string {
  const database = openSqlite({ file: join(folder, name), migrate: true });
  plantSessions(
    database,
    Array.from({ length: sessions }, (_, n) => ({
      sessionId: `s${n}`,
      learnerId: `u${n}`,
      coursewareId: 'cw',
      openedAt: 0,
      days: [[0, hour]] as const,
    })),
  );
  database.close();
  return database.file;
}

async function backupOf(sessions: number): Promise<string> {
  const folder = temporaryFolder();
  const { file } = await backUp({
    from: ledger(folder, 'ledger.db', sessions),
    to: join(folder, 'backup.db'),
  });
  return file;
}

function sessionsIn(file: string): number {
  const database = openSqlite({ file, migrate: true });
  afterThisTest(() => database.close());
  return Number(database.client.prepare('select count(*) from sessions').pluck().get());
}

test('a backup becomes the ledger of a machine that has none', async () => {
  const from = await backupOf(3);
  const before = readFileSync(from);
  const to = join(temporaryFolder(), 'data', 'ledger.db');
  expect(restore({ from, to })).toEqual({
    file: to,
    bytes: statSync(to).size,
    sessions: 3,
    newestReportAt: new Date(hour),
    movedAside: null,
  });
  expect(readdirSync(join(to, '..')).sort()).toEqual(['ledger.db', 'ledger.db.owner']);
  expect(sessionsIn(to)).toBe(3);
  expect(readFileSync(from)).toEqual(before);
  expect(readdirSync(join(from, '..')).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);
});

test('one without sessions says so', async () => {
  const to = join(temporaryFolder(), 'ledger.db');
  expect(restore({ from: await backupOf(0), to })).toMatchObject({ sessions: 0, newestReportAt: null });
});

test('a ledger that is there is kept beside, with what a crash has left only in its log', async () => {
  const folder = temporaryFolder();
  const crashed = openSqlite({ file: join(folder, 'crashed.db'), migrate: true });
  afterThisTest(() => crashed.close());
  plantSessions(crashed, [
    { sessionId: 's', learnerId: 'u', coursewareId: 'cw', openedAt: 0, days: [[0, hour]] },
  ]);
  const to = join(folder, 'ledger.db');
  for (const ending of ['', '-wal']) copyFileSync(`${crashed.file}${ending}`, `${to}${ending}`);
  writeFileSync(`${to}.secret`, 'made at the first start');

  const { movedAside } = restore({ from: await backupOf(3), to, replace: true, now });
  expect(movedAside).toBe(`${to}.before-2026-03-01T08-00-00-123Z`);
  expect(sessionsIn(to)).toBe(3);
  expect(sessionsIn(movedAside ?? '')).toBe(1);
  expect(readFileSync(`${to}.secret`, 'utf8')).toBe('made at the first start');
});

test('a damaged ledger is moved aside, too', async () => {
  const to = join(temporaryFolder(), 'ledger.db');
  writeFileSync(to, 'what a failing disk has left');
  const { movedAside } = restore({ from: await backupOf(3), to, replace: true });
  expect(readFileSync(movedAside ?? '', 'utf8')).toBe('what a failing disk has left');
  expect(sessionsIn(to)).toBe(3);
});

test('a link to the ledger goes on leading to it', async () => {
  const folder = temporaryFolder();
  const file = ledger(folder, 'ledger.db', 1);
  const link = join(temporaryFolder(), 'link.db');
  symlinkSync(file, link);
  expect(restore({ from: await backupOf(3), to: link, replace: true }).file).toBe(file);
  expect(sessionsIn(link)).toBe(3);
});

test('a file that was copied away together with its log is as good as a backup', () => {
  const folder = temporaryFolder();
  const open = openSqlite({ file: join(folder, 'open.db'), migrate: true });
  afterThisTest(() => open.close());
  const copied = join(folder, 'copied.db');
  for (const ending of ['', '-wal']) copyFileSync(`${open.file}${ending}`, `${copied}${ending}`);
  plantSessions(open, [
    { sessionId: 's', learnerId: 'u', coursewareId: 'cw', openedAt: 0, days: [[0, hour]] },
  ]);
  const to = join(temporaryFolder(), 'ledger.db');
  expect(restore({ from: copied, to }).sessions).toBe(0);
});

test.runIf(process.getuid?.() === 0)('what root restores belongs to whoever has the folder', async () => {
  const folder = temporaryFolder();
  chownSync(folder, 65_534, 65_534);
  const to = join(folder, 'ledger.db');
  restore({ from: await backupOf(1), to });
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).uid, file).toBe(65_534);
  expect(statSync(to).mode & 0o777).toBe(0o600);
});

test.each(['ledger.db.restoring', 'ledger.db.restoring-1', 'ledger.db.before', 'ledger.db.part'])(
  'a backup beside the ledger, named %s, stays as it is',
  async (name) => {
    const to = ledger(temporaryFolder(), 'ledger.db', 1);
    const from = join(to, '..', name);
    copyFileSync(await backupOf(3), from);
    const before = readFileSync(from);
    expect(restore({ from, to, replace: true }).sessions).toBe(3);
    expect(readFileSync(from)).toEqual(before);
    expect(sessionsIn(to)).toBe(3);
    expect(readdirSync(join(to, '..')).filter((each) => each.includes('restoring') && each !== name)).toEqual(
      [],
    );
  },
);

test('broken off before the last rename, there is a ledger in its place, and nothing of it is lost', async () => {
  const to = ledger(temporaryFolder(), 'ledger.db', 2);
  const kept = `${to}.before`;
  expect(() => takePlace(join(to, '..'), to, kept)).toThrow();
  expect([sessionsIn(to), sessionsIn(kept)]).toEqual([2, 2]);
});

test('what is wrong with the backup is said first, also while a process uses the ledger', async () => {
  const to = ledger(temporaryFolder(), 'ledger.db', 1);
  const ownership = own(to, 'shared');
  afterThisTest(() => ownership.release());
  expect(refusal(join(to, '..', 'missing.db'), to, true)).toMatch(/missing\.db is no file$/);
  expect(refusal(to, to, true)).toMatch(/is the ledger itself$/);
});

/** What the operator is told; the ledger and its folder must be as they were. */
function refusal(from: string, to: string, replace: boolean): string {
  const folder = join(to, '..');
  const content = () =>
    readdirSync(folder)
      .filter((name) => !name.endsWith('.owner'))
      .map((name) => [name, readFileSync(join(folder, name))]);
  const before = content();
  try {
    restore({ from, to, replace });
  } catch (error) {
    expect(content()).toEqual(before);
    const { message } = error as Error;
    expect(message).not.toContain('\n');
    return message;
  }
  return 'it was not refused';
}

test('a ledger that is there is never overwritten without a word', async () => {
  const to = ledger(temporaryFolder(), 'ledger.db', 1);
  expect(refusal(await backupOf(3), to, false)).toMatch(/ledger\.db exists already: with --replace/);
});

test.each(['alone', 'shared'] as const)('a ledger that a process uses %s is left alone', async (mode) => {
  const to = ledger(temporaryFolder(), 'ledger.db', 1);
  const ownership = own(to, mode);
  afterThisTest(() => ownership.release());
  expect(refusal(await backupOf(3), to, true)).toMatch(/a running process is using .*ledger\.db: stop it/);
});

test('what is no sound backup of a ledger takes no place', async () => {
  const folder = temporaryFolder();
  const to = ledger(temporaryFolder(), 'ledger.db', 1);
  const inFolder = (name: string, content: string | Buffer = '') => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const otherProgram = openSqlite({ file: join(folder, 'other.db') });
  otherProgram.client.exec('create table notes (text)');
  otherProgram.close();
  const whole = readFileSync(await backupOf(2_000));
  const halfWay = Math.floor(whole.length / 2 / 4_096) * 4_096;

  expect(refusal(join(folder, 'missing.db'), to, true)).toMatch(/^--from .*missing\.db is no file$/);
  expect(refusal(folder, to, true)).toMatch(/is no file$/);
  expect(refusal(to, to, true)).toMatch(/is the ledger itself$/);
  expect(refusal(inFolder('empty.db'), to, true)).toMatch(/^--from .*empty\.db holds no ledger$/);
  expect(refusal(otherProgram.file, to, true)).toMatch(/other\.db holds no ledger$/);
  expect(refusal(inFolder('letter.txt', 'Dear Sir or Madam, '.repeat(300)), to, true)).toMatch(
    /^--from .*letter\.txt: this file is not a database$/,
  );
  expect(refusal(inFolder('torn.db', whole.fill(0, halfWay, halfWay + 8_192)), to, true)).toMatch(
    /^--from .*torn\.db is damaged: /,
  );
});

test('a backup of a newer release waits for that release', async () => {
  const from = await backupOf(1);
  const database = openSqlite({ file: from });
  database.client.exec("insert into __drizzle_migrations (hash, created_at) values ('of tomorrow', 0)");
  database.close();
  expect(refusal(from, join(temporaryFolder(), 'ledger.db'), false)).toMatch(
    /^--from .*backup\.db: a newer release of this program has changed it; start that release$/,
  );
});
