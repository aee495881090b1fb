import { Problem } from '@watchledger/contract';
import { type Instant, instant } from '@watchledger/rules';
import { Hono, type MiddlewareHandler } from 'hono';
import type { CodeDesk } from './one-time-codes.ts';
import { isSameOrigin } from './same-origin.ts';
import { sessionMs } from './session.ts';
import type { SignInCookie } from './signed-cookie.ts';

const longestBody = 1024;

/** Refuses a POST that a page of another site could have made. */
export const fromOurPages: MiddlewareHandler = async (c, next) => {
  if (!isSameOrigin(c.req.raw)) {
    throw new Problem('forbidden', 'This can be asked by pages of this service alone.');
  }
  await next();
};

/** `POST /sign-in` exchanges a code for the cookie, `POST /sign-out` gives it back. */
export function signInRoutes(deps: { codes: CodeDesk; cookie: SignInCookie; clock: () => Instant }): Hono {
  const { codes, cookie, clock } = deps;
  const app = new Hono();

  app.post('/sign-in', fromOurPages, async (c) => {
    const redemption = await codes.redeem(await codeIn(c.req.raw));
    if (redemption.outcome !== 'accepted') {
      const { outcome } = redemption;
      throw new Problem('unauthenticated', `The one-time code is ${outcome}.`, { reason: outcome });
    }
    const { sub, name, scope, page } = redemption.grant;
    cookie.give(c, { sub, name, scope, until: instant(clock() + sessionMs) });
    return c.json({ learnerId: sub, goTo: page });
  });

  app.post('/sign-out', fromOurPages, (c) => {
    cookie.clear(c);
    return c.redirect('/', 303);
  });
  return app;
}

/** Reads `{ "code" }`; what is no such body is refused before any code is looked at. */
async function codeIn(request: Request): Promise<string> {
  const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new Problem('unsupported-media-type', 'The body must be application/json.', {
      accepted: ['application/json'],
    });
  }
  const length = Number(request.headers.get('Content-Length') ?? Number.NaN);
  if (!(length <= longestBody)) {
    throw new Problem('payload-too-large', `The body must state its length, at most ${longestBody} bytes.`, {
      limitBytes: longestBody,
    });
  }
  const body = await request.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) throw new Problem('malformed-json', 'The body is not JSON.');
    throw error;
  });
  const code: unknown =
    typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined;
  if (typeof code !== 'string') {
    throw new Problem('invalid-request', 'A code is needed.', {
      errors: [{ path: '/code', message: 'must be a text' }],
    });
  }
  return code;
}
