import { describe } from 'vitest';
import { temporaryPostgres } from '../testing/temporary-postgres.ts';
import { viewingContract } from './contract.ts';
import { createPostgresViewing } from './postgres.ts';

describe('viewing in PostgreSQL', () => {
  viewingContract(async () => {
    const { database } = await temporaryPostgres();
    return {
      ledger: createPostgresViewing(database, { maxWaiting: 100 }),
      earlierDays: async (sessionId) => {
        const { rows } = await database.pool.query(
          'select day, watched_ms from session_days where session_id = $1 order by day',
          [sessionId],
        );
        return rows.map((row) => [Number(row.day), Number(row.watched_ms)] as const);
      },
    };
  });
});
