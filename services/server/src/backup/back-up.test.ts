import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, type SqliteDatabase } from '@watchledger/ledger';
import { afterThisTest, plantSessions, temporaryFolder, temporaryLedger } from '@watchledger/ledger/testing';
import { expect, test } from 'vitest';
import { type BackupProgress, backUp } from './back-up.ts';

const hour = 3_600_000;

function plant({ writer }: { writer: SqliteDatabase }, first: number, count: number): void {
  const sessions = Array.from({ length: count }, (_, n) => ({
    sessionId: `s${first + n}`,
    learnerId: `u${first + n}`,
    coursewareId: 'cw',
    openedAt: 0,
    days: [[0, hour]] as const,
  }));
  plantSessions(writer, sessions);
}

function sessionsIn(file: string): number {
  const copy = openSqlite({ file });
  afterThisTest(() => copy.close());
  return Number(copy.client.prepare('select count(*) from sessions').pluck().get());
}

test('the copy holds one moment of the ledger, and ends though it is written all the while', async () => {
  const ledger = temporaryLedger();
  plant(ledger, 0, 10_000);
  const from = ledger.writer.file;
  const to = join(temporaryFolder(), 'backup.db');
  const seen: BackupProgress[] = [];
  const { file, bytes, sessions } = await backUp({
    from,
    to,
    onProgress(progress) {
      seen.push(progress);
      plant(ledger, 100_000 + seen.length, 1);
    },
  });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.map(({ copiedBytes }) => copiedBytes)).toEqual(
    seen.map(({ copiedBytes }) => copiedBytes).sort((a, b) => a - b),
  );
  expect(seen.at(-1)).toEqual({ copiedBytes: bytes, totalBytes: bytes });
  expect(file).toBe(to);
  expect(readdirSync(join(to, '..'))).toEqual(['backup.db']);
  expect(sessionsIn(to)).toBe(10_000);
  expect(sessions).toBe(10_000);
});

test('it is for its owner alone', async () => {
  const to = join(temporaryFolder(), 'backup.db');
  await backUp({ from: temporaryLedger().writer.file, to });
  expect(statSync(to).mode & 0o777).toBe(0o600);
});

/** What the operator is told; the folder must be as it was. */
async function refusal(from: string, to: string): Promise<string> {
  const folder = join(to, '..');
  const before = readdirSync(folder);
  const error = await backUp({ from, to }).then(
    () => null,
    (error: Error) => error,
  );
  expect(readdirSync(folder)).toEqual(before);
  expect(error?.message).not.toContain('\n');
  return error?.message ?? 'it was not refused';
}

test('a backup that is stopped keeps nothing', async () => {
  const ledger = temporaryLedger();
  plant(ledger, 0, 10_000);
  const folder = temporaryFolder();
  const stop = new AbortController();
  const backup = backUp({
    from: ledger.writer.file,
    to: join(folder, 'backup.db'),
    onProgress: () => stop.abort(),
    stopped: stop.signal,
  });
  await expect(backup).rejects.toThrow(/^The backup was stopped; nothing was kept$/);
  expect(readdirSync(folder)).toEqual([]);
});

test('what is there is never overwritten', async () => {
  const from = temporaryLedger().writer.file;
  const to = join(temporaryFolder(), 'backup.db');
  writeFileSync(to, 'the only copy');
  expect(await refusal(from, to)).toMatch(/^--to .*backup\.db exists already/);
  expect(readFileSync(to, 'utf8')).toBe('the only copy');
  expect(await refusal(from, from)).toMatch(/exists already/);
});

test('two backups do not write one file', async () => {
  const from = temporaryLedger().writer.file;
  const to = join(temporaryFolder(), 'backup.db');
  writeFileSync(`${to}.part`, '');
  expect(await refusal(from, to)).toMatch(/another backup is writing .*backup\.db\.part, or broke off/);
});

test('a folder that is not there, a name that is none', async () => {
  const from = temporaryLedger().writer.file;
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'here'));
  writeFileSync(join(folder, 'file'), '');
  await expect(backUp({ from, to: join(folder, 'missing', 'backup.db') })).rejects.toThrow(
    /^--to .*its folder does not exist$/,
  );
  await expect(backUp({ from, to: join(folder, 'file', 'backup.db') })).rejects.toThrow(
    /its folder does not exist$/,
  );
  expect(await refusal(from, join(folder, 'here'))).toMatch(/exists already/);
});

test('a database that is missing, or none of ours', async () => {
  const folder = temporaryFolder();
  const to = join(temporaryFolder(), 'backup.db');
  expect(await refusal(join(folder, 'missing.db'), to)).toMatch(/missing\.db: its path cannot be read/);
  writeFileSync(join(folder, 'letter.txt'), 'Dear Sir or Madam, this is no database at all.'.repeat(100));
  expect(await refusal(join(folder, 'letter.txt'), to)).toMatch(/letter\.txt: this file is not a database/);
  const other = openSqlite({ file: join(folder, 'other.db') });
  afterThisTest(() => other.close());
  expect(await refusal(other.file, to)).toMatch(/other\.db cannot be backed up: no such table: sessions/);
});

test('a damaged ledger is told, and its copy is not taken for a backup', async () => {
  const ledger = temporaryLedger();
  plant(ledger, 0, 2_000);
  ledger.reader.close();
  ledger.writer.close();
  const from = ledger.writer.file;
  const bytes = readFileSync(from);
  const halfWay = Math.floor(bytes.length / 2 / 4_096) * 4_096;
  writeFileSync(from, bytes.fill(0, halfWay, halfWay + 8_192));
  expect(await refusal(from, join(temporaryFolder(), 'backup.db'))).toMatch(
    /is damaged, and nothing was kept: .*page/,
  );
});
