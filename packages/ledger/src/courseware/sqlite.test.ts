import { type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { afterThisTest } from '../testing/temporary.ts';
import { temporaryLedger } from '../testing/temporary-ledger.ts';
import { coursewareContract } from './contract.ts';
import { createSqliteCourseware } from './sqlite.ts';

const fields = {
  title: 'A',
  kind: 'video',
  limitMs: milliseconds(1),
  mediaSeconds: null,
  creator: null,
  open: true,
} as const;
const write = { actor: 'ann', at: instant(1), reason: null, expected: null };

describe('courseware in SQLite', () => {
  coursewareContract(() => createSqliteCourseware(temporaryLedger().writer));

  test('a store that another process keeps locked is unavailable, and nothing is changed', async () => {
    vi.useFakeTimers();
    afterThisTest(() => vi.useRealTimers());
    const { writer } = temporaryLedger();
    const ledger = createSqliteCourseware(writer);
    const other = new Database(writer.file);
    afterThisTest(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const refused = expect(ledger.put('a' as CoursewareId, fields, write)).rejects.toMatchObject({
      name: 'LedgerUnavailable',
      reason: 'busy',
    });
    await vi.advanceTimersByTimeAsync(2_200);
    await refused;
    other.exec('ROLLBACK');
    expect(await ledger.get('a' as CoursewareId)).toBeNull();
  });

  test('a change waits, other work going on, until another process has written', async () => {
    vi.useFakeTimers();
    afterThisTest(() => vi.useRealTimers());
    const { writer } = temporaryLedger();
    const ledger = createSqliteCourseware(writer);
    const other = new Database(writer.file);
    afterThisTest(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const put = ledger.put('a' as CoursewareId, fields, write);
    await vi.advanceTimersByTimeAsync(1_500);
    other.exec('ROLLBACK');
    await vi.advanceTimersByTimeAsync(200);
    expect(await put).toMatchObject({ outcome: 'created', courseware: { version: 1 } });
  });

  test('the audit trail is neither changed nor shortened by any statement of the program', async () => {
    const { writer } = temporaryLedger();
    const ledger = createSqliteCourseware(writer);
    await ledger.put('a' as CoursewareId, fields, write);
    expect(() => writer.client.exec("update audit set actor = 'bob'")).toThrow(/only ever added to/);
    expect(() => writer.client.exec('delete from audit')).toThrow(/only ever added to/);
  });
});
