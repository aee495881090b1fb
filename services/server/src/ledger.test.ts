import { expect, test } from 'vitest';
import { connectionShares } from './ledger.ts';

test.each([5, 6, 10, 20, 1_000])(
  'of %d connections to PostgreSQL no more are held, and each use has one',
  (all) => {
    const shares = Object.values(connectionShares(all));
    expect(shares.reduce((sum, share) => sum + share)).toBe(all);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(1);
  },
);
