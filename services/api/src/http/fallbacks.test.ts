import { Problem } from '@watchledger/contract';
import { expect, it } from 'vitest';
import { apiOver, bearer, sessionId } from '../api.fixture.ts';

const broken = () => Promise.reject(new Error('planted'));

it('logs a file that is not as it was uploaded', async () => {
  const cause = new Error('other bytes');
  const damaged = () => Promise.reject(new Problem('file-damaged', 'It is damaged.', {}, { cause }));
  const { send, errorLines } = apiOver({ office: { readEvidence: damaged } });
  const headers = await bearer({ scope: 'review' });
  const answer = await send('GET', `/v1/evidence/${sessionId}`, { headers });
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('other bytes')]);
  expect(errorLines).toMatchObject([{ err: cause, path: '/v1/evidence/:id' }]);
});

it('logs a fault with its route, never with the ids in its path', async () => {
  const { send, errorLines } = apiOver({
    credits: { learnerCredits: broken },
    viewing: { heartbeat: broken },
  });
  const headers = await bearer({ scope: 'watch credits:read' });
  const credits = await send('GET', '/v1/learners/u-17/credits?year=2026', { headers });
  const beat = { watchedMs: 1, state: 'playing' };
  await send('POST', `/v1/sessions/${sessionId}/heartbeats`, { headers, body: beat });
  expect(credits.status).toBe(500);
  expect(errorLines).toMatchObject([
    { method: 'GET', path: '/v1/learners/:id/credits' },
    { method: 'POST', path: '/v1/sessions/:id/heartbeats' },
  ]);
  expect(JSON.stringify(errorLines)).not.toMatch(/u-17|0b2f6f0e8a11/);
});
