import type { MiddlewareHandler } from 'hono';

/** Only our own files run, load or connect; no inline scripts or styles; no framing; no addresses given away. */
const strictest = {
  'default-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** What a page needs beyond the strictest policy, by directive. */
export type Allowed = Readonly<
  Partial<Record<'default-src' | 'media-src' | 'font-src' | 'frame-ancestors' | 'sandbox', string>>
>;

/**
 * The security headers of every page (T19). Pages depend on reader and language, so caches ask each time; what is
 * `personal` is kept by none, nor by the browser of whoever signs out.
 */
export function pageHeaders(allowed: Allowed = {}, { personal = false } = {}): MiddlewareHandler {
  const contentSecurityPolicy = Object.entries({ ...strictest, ...allowed })
    .map(([directive, sources]) => `${directive} ${sources}`.trim())
    .join('; ');
  return async (c, next) => {
    await next();
    c.header('Content-Security-Policy', contentSecurityPolicy);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cache-Control', personal ? 'no-store' : 'private, no-cache');
    c.header('Vary', 'Accept-Language, Cookie');
  };
}
