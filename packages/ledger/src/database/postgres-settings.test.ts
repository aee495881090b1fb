import { describe, expect, test } from 'vitest';
import { unfitness } from './postgres-settings.ts';

const good = {
  versionNumber: 150_018,
  version: '15.18',
  encoding: 'UTF8',
  synchronousCommit: 'on',
  synchronousStandbys: '',
  fsync: 'on',
  fullPageWrites: 'on',
  isolation: 'read committed',
  readOnly: 'off',
  standby: false,
};

describe('a PostgreSQL server is asked for what keeps acknowledged time', () => {
  test('and is fit as it comes', () => {
    expect(unfitness(good, false)).toEqual({ refusals: [], warnings: [] });
  });

  test.each([
    [{ versionNumber: 130_014, version: '13.14' }, 'PostgreSQL 14 or newer is needed, and this is 13.14'],
    [{ encoding: 'SQL_ASCII' }, 'its encoding is SQL_ASCII: create the database with UTF8'],
    [{ standby: true, readOnly: 'on' }, 'it is a standby, which takes no writes: give the primary'],
    [{ readOnly: 'on' }, 'it takes no writes: set default_transaction_read_only to off'],
    [{ fsync: 'off' }, 'fsync is off, so that a crash may lose everything: set it to on'],
    [
      { synchronousCommit: 'off' },
      'synchronous_commit is off, so that a crash loses what was acknowledged: set it to on',
    ],
    [
      { isolation: 'serializable' },
      'default_transaction_isolation is serializable: set it to read committed',
    ],
  ])('%o is refused', (fault, refusal) => {
    expect(unfitness({ ...good, ...fault }, false).refusals).toEqual([refusal]);
  });

  test.each([
    [{ synchronousCommit: 'local', synchronousStandbys: 'one' }, /synchronous_commit is local/],
    [{ synchronousCommit: 'remote_write', synchronousStandbys: 'one' }, /synchronous_commit is remote_write/],
    [{ fullPageWrites: 'off' }, /full_page_writes is off/],
  ])('%o is warned of', (weakness, warning) => {
    const { refusals, warnings } = unfitness({ ...good, ...weakness }, false);
    expect(refusals).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });

  test('of a server that is only read from less is asked', () => {
    const replica = { ...good, standby: true, synchronousCommit: 'off', fsync: 'off' };
    expect(unfitness(replica, true)).toEqual({ refusals: [], warnings: [] });
  });
});
