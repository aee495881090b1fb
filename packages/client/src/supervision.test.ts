import type { ActiveSession, Session } from '@watchledger/contract';
import { expect, it, vi } from 'vitest';
import { all, clientOf } from './client.fixture.ts';

const sessionId = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11';

it('lists who is viewing now, and ends a session with a reason', async () => {
  const active = { sessionId } as ActiveSession;
  const activeSessions = vi.fn(async () => ({ items: [active], nextCursor: null }));
  const endSessionAsAdmin = vi.fn(async () => ({ sessionId, state: 'ended' }) as Session);
  const { client } = clientOf({ viewing: { activeSessions, endSessionAsAdmin } });
  expect(await all(client.activeSessions({ organisationId: 'imr' }))).toEqual([active]);
  expect(activeSessions).toHaveBeenCalledWith({ officeId: null, organisationId: 'imr', limit: 200 });
  expect(await client.endSession(sessionId, { reason: 'stuck' })).toMatchObject({ state: 'ended' });
  expect(endSessionAsAdmin).toHaveBeenCalledWith(expect.objectContaining({ sessionId, reason: 'stuck' }));
});
