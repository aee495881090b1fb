import { type AccountingYear, Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf } from './client.fixture.ts';

const headquarters = { actor: 'back-office', organisationId: null };
const year: AccountingYear = {
  year: 2025,
  state: 'closed',
  closedAt: '2026-01-15T01:00:00Z',
  closedBy: 'back-office',
  learners: 3,
  checksum: 'a'.repeat(64),
};

describe('years', () => {
  it('are listed', async () => {
    const { client } = clientOf({ office: { listYears: async () => ({ items: [year], nextCursor: null }) } });
    expect(await all(client.listYears())).toEqual([year]);
  });

  it('are closed, with a reason or without', async () => {
    const closeYear = vi.fn(async () => year);
    const { client } = clientOf({ office: { closeYear } });
    expect(await client.closeYear(2025)).toEqual(year);
    await client.closeYear(2025, { reason: 'All is in.' });
    expect(closeYear.mock.calls).toEqual([
      [{ ...headquarters, year: 2025 }],
      [{ ...headquarters, year: 2025, reason: 'All is in.' }],
    ]);
  });

  it('are reopened and compared', async () => {
    const comparison = { year: 2025, learners: 3, different: 0, checksum: 'a', intact: true, items: [] };
    const reopenYear = vi.fn(async () => year);
    const compareYear = vi.fn(async () => comparison);
    const { client } = clientOf({ office: { reopenYear, compareYear } });
    expect(await client.reopenYear(2025, { reason: 'A list was late.' })).toEqual(year);
    expect(reopenYear).toHaveBeenCalledWith({ ...headquarters, year: 2025, reason: 'A list was late.' });
    expect(await client.compareYear(2025)).toEqual(comparison);
    expect(compareYear).toHaveBeenCalledWith({ organisationId: null, year: 2025 });
  });

  it('that are not over stay open', async () => {
    const closeYear = async () => {
      throw new Problem('year-not-closable', 'The year 2026 is not over.');
    };
    const { client } = clientOf({ office: { closeYear } });
    await expect(client.closeYear(2026)).rejects.toMatchObject({ status: 409, code: 'year-not-closable' });
    await expect(client.closeYear(12)).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
