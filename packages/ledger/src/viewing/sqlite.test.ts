import { describe, expect, test } from 'vitest';
import { createGroupCommit } from '../database/group-commit.ts';
import { temporaryLedger } from '../testing/temporary-ledger.ts';
import { viewingContract } from './contract.ts';
import { createSqliteViewing } from './sqlite.ts';

describe('viewing in SQLite', () => {
  viewingContract(async () => {
    const { writer } = temporaryLedger();
    const days = writer.client
      .prepare('select day, watched_ms from session_days where session_id = ? order by day')
      .raw();
    const viewing = () => createSqliteViewing(writer, createGroupCommit(writer.client, { maxWaiting: 100 }));
    return {
      ledger: viewing(),
      peer: viewing(),
      earlierDays: async (sessionId) => days.all(sessionId) as [number, number][],
    };
  });

  test('the schema itself refuses a second unsealed session, and time beyond the wall clock or the seal', () => {
    const { client } = temporaryLedger().writer;
    const insert = (id: string, values: Partial<Record<string, number | string>>) => {
      const row = {
        session_id: id,
        learner_id: 'u1',
        courseware_id: 'A',
        end_token_hash: '',
        opened_at: 1_000,
        last_report_at: 2_000,
        grew_at: 2_000,
        watched_ms: 1_000,
        forfeited_ms: 0,
        day: 1,
        day_ms: 1_000,
        state: 'playing',
        ...values,
      };
      const names = Object.keys(row);
      const marks = names.map((name) => `@${name}`);
      return () => client.prepare(`insert into sessions (${names}) values (${marks})`).run(row);
    };
    insert('s1', {})();
    expect(insert('s2', {})).toThrow(/UNIQUE/);
    expect(insert('s3', { learner_id: 'u3', watched_ms: 1_001, day_ms: 1 })).toThrow(/within_wall_clock/);
    expect(insert('s4', { learner_id: 'u4', day_ms: 1_001 })).toThrow(/day_within_total/);
    const sealed = { learner_id: 'u5', sealed_at: 1_999, sealed_as: 'ended' };
    expect(insert('s5', sealed)).toThrow(/nothing_after_sealing/);
  });
});
