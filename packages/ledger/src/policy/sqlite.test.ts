import { describe } from 'vitest';
import { plantSessions } from '../testing/planting.ts';
import { temporaryLedger } from '../testing/temporary-ledger.ts';
import { policyContract } from './contract.ts';
import { createSqlitePolicies } from './sqlite.ts';

describe('policies in SQLite', () => {
  policyContract(async () => {
    const { writer } = temporaryLedger();
    const session = {
      sessionId: 's1',
      learnerId: 'u1',
      coursewareId: 'a',
      openedAt: 0,
      days: [[0, 1_000]],
    } as const;
    return { ledger: createSqlitePolicies(writer), watch: async () => plantSessions(writer, [session]) };
  });
});
