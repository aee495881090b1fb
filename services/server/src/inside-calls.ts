import { randomUUID } from 'node:crypto';
import { type Principal, principalOf, type VerifyToken } from '@watchledger/api';
import { createHttp, createRequests } from '@watchledger/client';
import type { AskAs } from '@watchledger/pages';

/** How the pages ask the API of the same process: as the person who is signed in, by tokens that hold for one call. */
export interface InsideCalls {
  readonly askAs: AskAs;
  /** Knows those tokens, and leaves all others to whoever verified them before. */
  readonly verifyToken: VerifyToken;
}

/** @param api answers requests; only asked once the service runs */
export function createInsideCalls(
  verifyOthers: VerifyToken,
  api: () => { fetch(request: Request): Response | Promise<Response> },
): InsideCalls {
  const underWay = new Map<string, Principal>();
  return {
    verifyToken: (token) => underWay.get(token) ?? verifyOthers(token),
    askAs(who) {
      const principal = principalOf(who);
      return createRequests(
        createHttp({
          endpoint: 'http://inside.invalid',
          token: 'one of its own',
          async fetch(url, init) {
            const token = randomUUID();
            underWay.set(token, principal);
            try {
              const headers = new Headers(init.headers);
              headers.set('authorization', `Bearer ${token}`);
              return await api().fetch(new Request(url, { ...init, headers }));
            } finally {
              underWay.delete(token);
            }
          },
        }),
      );
    },
  };
}
