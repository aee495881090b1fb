import type { Headers } from './headers.ts';

/** What a browser is told about calls from other origins. Tokens go in headers, so credentials are never allowed. */
export function corsHeaders(origins: readonly string[]) {
  const allowed = new Set(origins);
  const everyone = allowed.has('*');
  const exposed = { 'access-control-expose-headers': 'ETag, Location, Retry-After, WWW-Authenticate' };

  return {
    /** For an answer, problems included. */
    headersFor(origin: string | undefined): Headers {
      if (everyone) return { 'access-control-allow-origin': '*', ...exposed };
      const varying = { vary: 'Origin' };
      if (origin === undefined || !allowed.has(origin)) return varying;
      return { 'access-control-allow-origin': origin, ...exposed, ...varying };
    },
  };
}

/** What a preflight is told besides; browsers keep it for two hours at most. */
export const preflightHeaders = (methods: readonly string[]): Headers => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match',
  'access-control-max-age': '7200',
});
