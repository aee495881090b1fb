import type { Problem } from '@watchledger/contract';
import type { Context } from 'hono';
import { corsHeaders } from './cors.ts';
import type { Headers } from './headers.ts';
import { requestHeader } from './request-header.ts';

type Status = 200 | 201 | 204 | 503;

/** Writes every answer of the API, so that what all of them carry stands in one place. */
export interface Answers {
  json(c: Context, body: unknown, status?: Status, headers?: Headers): Response;
  empty(c: Context, headers?: Headers): Response;
  /** Text, a page, a file or a stream of the named media type. */
  of(
    c: Context,
    mediaType: string,
    body: string | Uint8Array | ReadableStream<Uint8Array>,
    headers?: Headers,
  ): Response;
  problem(c: Context, problem: Problem): Response;
}

export function createAnswers(corsOrigins: readonly string[]): Answers {
  const cors = corsHeaders(corsOrigins);
  const shared = (headers: Headers): Headers => ({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  // Made once: a heartbeat's answer has always one of these few sets of headers.
  const foreign = shared(cors.headersFor(undefined));
  const jsonForeign = { 'content-type': json, ...foreign };
  const byOrigin = new Map(corsOrigins.map((origin) => [origin, shared(cors.headersFor(origin))]));
  const jsonByOrigin = new Map(
    [...byOrigin].map(([origin, headers]) => [origin, { 'content-type': json, ...headers }]),
  );
  const headersOf = <Set>(c: Context, sets: ReadonlyMap<string, Set>, otherwise: Set): Set => {
    const origin = requestHeader(c, 'origin');
    if (origin === undefined) return otherwise;
    return sets.get(origin) ?? sets.get('*') ?? otherwise;
  };

  return {
    json(c, body, status = 200, headers) {
      const base = headersOf(c, jsonByOrigin, jsonForeign);
      return new Response(JSON.stringify(body), {
        status,
        headers: headers ? { ...base, ...headers } : base,
      });
    },
    empty: (c, headers) =>
      new Response(null, { status: 204, headers: { ...headersOf(c, byOrigin, foreign), ...headers } }),
    of: (c, mediaType, body, headers) =>
      new Response(body as BodyInit, {
        headers: { ...headersOf(c, byOrigin, foreign), 'content-type': mediaType, ...headers },
      }),
    problem: (c, problem) =>
      new Response(JSON.stringify(problem.document()), {
        status: problem.status,
        headers: {
          ...headersOf(c, byOrigin, foreign),
          'content-type': 'application/problem+json',
          ...problemHeaders(c, problem),
        },
      }),
  };
}

const json = 'application/json';

function problemHeaders(c: Context, { code, members }: Problem): Headers {
  switch (code) {
    case 'unauthenticated':
      return {
        'www-authenticate': requestHeader(c, 'authorization') ? 'Bearer error="invalid_token"' : 'Bearer',
      };
    case 'forbidden':
      return typeof members.requiredScope === 'string'
        ? { 'www-authenticate': `Bearer error="insufficient_scope", scope="${members.requiredScope}"` }
        : {};
    case 'method-not-allowed':
      return { allow: [members.allowed].flat().join(', ') };
    case 'payload-too-large':
      // Of a body that is far too large not all was read, so the connection is of no further use.
      return { connection: 'close' };
    case 'rate-limited':
    case 'unavailable':
      return { 'retry-after': String(members.retryAfterSeconds ?? 2) };
    default:
      return {};
  }
}
