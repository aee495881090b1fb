import { Problem } from '@watchledger/contract';
import { describe, expect, it } from 'vitest';
import { all, clientOf } from './client.fixture.ts';
import { createClient, WatchLedgerError } from './index.ts';

describe('an id', () => {
  it.each(['', '.', '..'])('that a URL would resolve is refused: %j', async (id) => {
    const { client } = clientOf({});
    await expect(client.deleteCourseware(id)).rejects.toThrow(RangeError);
    await expect(client.learnerCredits(id)).rejects.toThrow(RangeError);
    await expect(all(client.learnerSessions(id))).rejects.toThrow(RangeError);
  });
});

describe('a refusal', () => {
  it('carries the problem and the time to wait', async () => {
    const learnerCredits = async () => {
      throw new Problem('unavailable', 'The database is away.', { retryAfterSeconds: 7 });
    };
    const refusal = await clientOf({ credits: { learnerCredits } })
      .client.learnerCredits('u-1')
      .catch((error) => error);
    expect(refusal).toBeInstanceOf(WatchLedgerError);
    expect(refusal).toMatchObject({ status: 503, code: 'unavailable', retryAfterSeconds: 7 });
    expect(refusal.problem.type).toBe('/problems/unavailable');
  });

  it('of a scope that is missing says which', async () => {
    const { client } = clientOf({ scope: 'watch' });
    await expect(client.learnerCredits('u-1')).rejects.toMatchObject({ status: 403, code: 'forbidden' });
    await expect(all(client.credits())).rejects.toMatchObject({
      problem: { requiredScope: 'credits:read' },
    });
  });

  it.each([
    ['text/html', '<h1>Bad gateway</h1>'],
    ['application/problem+json', '{'],
  ])('of a proxy in between is no problem document: %s', async (type, body) => {
    const client = createClient({
      endpoint: 'http://hours.test',
      token: 'fixed',
      fetch: async () => new Response(body, { status: 502, headers: { 'content-type': type } }),
    });
    await expect(client.getCourseware('cw-1')).rejects.toMatchObject({
      status: 502,
      code: 'unknown',
      problem: null,
    });
  });
});
