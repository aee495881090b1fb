import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@watchledger/contract';

/** Why a process turns a request away before any route sees it. Each of them passes: it can be sent again. */
export type Refusal = 'starting' | 'stopping' | 'crowded' | 'full';

const details: Readonly<Record<Refusal, string>> = {
  starting: 'This process is starting; send the same request again.',
  stopping: 'This process is stopping; send the same request again.',
  crowded: 'This process has more to do than it can; send the same request again.',
  full: 'This process has all the connections that it takes; send the same request again.',
};

const retryAfterSeconds = 5;

/** Answers 503 with `Retry-After`, readable for pages of the allowed origins. */
export function refuse(
  why: Refusal,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  corsOrigins: readonly string[],
): void {
  const problem = new Problem('unavailable', details[why], { retryAfterSeconds });
  const origin = [incoming.headers.origin, '*'].find(
    (each) => each !== undefined && corsOrigins.includes(each),
  );
  // In a crowd a new connection would be more work than this one.
  if (why !== 'crowded') outgoing.shouldKeepAlive = false;
  const body = JSON.stringify(problem.document());
  outgoing.writeHead(problem.status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Retry-After': retryAfterSeconds,
    'Cache-Control': 'no-store',
    Vary: 'Origin',
    ...(origin === undefined
      ? {}
      : { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' }),
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  incoming.resume();
}
