import { describe } from 'vitest';
import { plantSessionsInPostgres } from '../testing/planting.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import { temporaryPostgres } from '../testing/temporary-postgres.ts';
import { policyContract } from './contract.ts';
import { createPostgresPolicies } from './postgres.ts';

describe('policies in PostgreSQL', () => {
  policyContract(async () => {
    const { database } = await temporaryPostgres();
    const session = {
      sessionId: sessionIdOf('s1'),
      learnerId: 'u1',
      coursewareId: 'a',
      openedAt: 0,
      days: [[0, 1_000]],
    } as const;
    return {
      ledger: createPostgresPolicies(database),
      watch: () => plantSessionsInPostgres(database, [session]),
    };
  });
});
