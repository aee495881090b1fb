import type { Statistics } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { apiOver, bearer, problemOf } from '../api.fixture.ts';

const none = { seconds: 0, creditedSeconds: 0 };
const figures: Statistics = {
  year: 2026,
  organisationId: null,
  asOf: '2026-03-01T01:00:00.000Z',
  goalSeconds: 360_000,
  learners: 0,
  reached: 0,
  distribution: [],
  hours: { online: none, selfStudy: none, offline: none, total: none },
  months: [],
  courseware: [],
  coursewareWatched: 0,
  organisations: [],
};

describe('GET /v1/statistics', () => {
  const statistics = vi.fn(async () => figures);
  const { send } = apiOver({ office: { statistics } });
  const get = async (query: string, claims: object = {}) =>
    send('GET', `/v1/statistics${query}`, {
      headers: await bearer({ sub: 'leader', scope: 'credits:read', ...claims }),
    });

  it('gives the figures of a year and an institute', async () => {
    const answer = await get('?year=2025&organisationId=imr');
    expect(await answer.json()).toEqual(figures);
    expect(statistics).toHaveBeenLastCalledWith({ year: 2025, organisationId: 'imr' });
  });

  it('T17: gives a token of an institute those of its roster alone', async () => {
    await get('', { org: 'imr' });
    expect(statistics).toHaveBeenLastCalledWith({ year: undefined, organisationId: 'imr' });
    expect((await problemOf(await get('?organisationId=icr', { org: 'imr' }))).code).toBe('forbidden');
  });

  it('names what cannot be asked', async () => {
    expect(await problemOf(await get('?year=26&organisation=imr'))).toMatchObject({
      code: 'invalid-request',
      errors: [{ path: '/year' }, { path: '/organisation' }],
    });
  });
});
