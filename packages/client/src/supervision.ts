import type { ActiveSession, Session } from '@watchledger/contract';
import type { Requests } from './requests.ts';

/** Who is viewing now. It needs `admin`; an admin of an institute sees and ends those of its own roster alone. */
export interface SupervisionClient {
  /** In the order of learner ids. */
  activeSessions(search?: { readonly organisationId?: string }): AsyncIterable<ActiveSession>;
  /** What was accepted stays, and the learner's page is told that its session has ended. Repeated, it changes nothing. */
  endSession(sessionId: string, options?: { readonly reason?: string }): Promise<Session>;
}

export const supervisionClient = ({ json, items }: Requests): SupervisionClient => ({
  activeSessions: (search) => items({ path: ['sessions'], query: { state: 'active', ...search } }),
  endSession: (sessionId, options = {}) =>
    json({ method: 'POST', path: ['sessions', sessionId, 'end'], body: options }),
});
