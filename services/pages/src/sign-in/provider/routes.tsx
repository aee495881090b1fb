import { type Instant, instant } from '@watchledger/rules';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { type House, type Page, pageOf } from '../../layout/page.ts';
import { pageHeaders } from '../../layout/page-headers.ts';
import { sectionsFor } from '../../layout/sections.ts';
import { showPage } from '../../layout/show-page.ts';
import { chooseLanguage } from '../../texts/language.ts';
import { fromOurPages } from '../routes.ts';
import { sessionMs } from '../session.ts';
import { signInLinkTo } from '../sign-in-link.ts';
import type { Signer, SignInCookie } from '../signed-cookie.ts';
import { LeavingPage, SignedOutPage } from './ending-pages.tsx';
import { FailedPage } from './failed-page.tsx';
import { createHintCookie } from './hint-cookie.ts';
import { localPath } from './local-path.ts';
import { NoRolePage } from './no-role-page.tsx';
import { type ClaimReading, personOf } from './person.ts';
import {
  SignInFault,
  type SignInFaultReason,
  type SignInProvider,
  signInFaults,
  type Vouched,
} from './provider.ts';
import { createTransactions, type Transaction } from './transactions.ts';

/** A provider, and what its claims mean here. */
export interface ProviderSetting {
  readonly provider: SignInProvider;
  readonly reading: ClaimReading;
  /** Where people reach this service, such as `https://hours.example.org`: the provider sends them back there. */
  readonly origin: string;
  /** Of accounts that cannot be used: names nobody. */
  readonly onTrouble: (reason: string) => void;
}

export interface ProviderRoutesDeps extends ProviderSetting {
  readonly house: House;
  readonly cookie: SignInCookie;
  readonly signer: Signer;
  readonly clock: () => Instant;
  readonly secure: boolean;
}

export const startPath = '/sign-in/start';
export const callbackPath = '/sign-in/callback';
export const signedOutPath = '/signed-out';

/** Signing in at a provider, and out again: the way there and back, and pages for when it fails. */
export function providerRoutes(deps: ProviderRoutesDeps): Hono {
  const { provider, reading, origin, onTrouble, house, cookie, signer, clock, secure } = deps;
  const transactions = createTransactions({ signer, clock, secure });
  const hints = createHintCookie({ secure, maxAge: sessionMs / 1_000 });
  const finishing = new Map<string, Promise<Vouched>>();
  const app = new Hono();

  app.get(startPath, onTheWay, async (c) => {
    const to = localPath(c.req.query('to')) ?? '/';
    // The cookie is good at the address alone that the provider sends people back to.
    if (new URL(c.req.url).host !== new URL(origin).host && c.req.query('moved') === undefined) {
      return c.redirect(`${origin}${signInLinkTo(startPath, to)}&moved=1`, 303);
    }
    try {
      const { goTo, secrets } = await provider.begin(languageOf(c));
      transactions.begin(c, { ...secrets, to });
      return c.redirect(goTo.href, 303);
    } catch (error) {
      return failed(c, error, to);
    }
  });

  app.get(callbackPath, onTheWay, async (c) => {
    const answer = new URL(c.req.url).searchParams;
    const transaction = transactions.take(c, answer.get('state') ?? '');
    if (transaction === null) return failed(c, new SignInFault('expired', 'nobody began it here'), '/');
    const { to } = transaction;
    try {
      const { claims, hint } = await finish(answer, transaction);
      hints.give(c, hint);
      const person = personOf(claims, reading);
      cookie.give(c, { ...person, until: instant(clock() + sessionMs) });
      return c.redirect(person.scope === '' ? aboutSigningIn('/sign-in/no-role', { to }) : to, 303);
    } catch (error) {
      return failed(c, error, to);
    }
  });

  /** A double click sends the answer twice, and its code is good once. */
  function finish(answer: URLSearchParams, transaction: Transaction): Promise<Vouched> {
    const { state } = transaction;
    const underWay = finishing.get(state);
    if (underWay !== undefined) return underWay;
    const made = provider.finish(answer, transaction).finally(() => finishing.delete(state));
    finishing.set(state, made);
    return made;
  }

  /** To a page of its own: no address with a code in it is shown, kept in the history, or loaded again. */
  function failed(c: Context, error: unknown, to: string) {
    if (!(error instanceof SignInFault)) throw error;
    if (error.reason.startsWith('unusable-')) onTrouble(`an account cannot be used: ${error.message}`);
    return c.redirect(aboutSigningIn('/sign-in/failed', { why: error.reason, to }), 303);
  }

  app.get('/sign-in/failed', pageHeaders(), (c) => {
    const page = pageOf(c, house, cookie.read(c));
    const reason = signInFaults.find((each) => each === c.req.query('why')) ?? 'expired';
    // An old answer harms nobody who was signed in by it, or since.
    if (reason === 'expired' && page.signIn !== null) return c.redirect(page.link(homeOf(page)), 303);
    if (reason === 'unavailable') c.header('Retry-After', '5');
    return showPage(c, <FailedPage page={page} reason={reason} />, statusOf[reason]);
  });

  app.get('/sign-in/no-role', pageHeaders(), (c) => {
    const page = pageOf(c, house, cookie.read(c));
    if (page.signIn === null) return c.redirect(signInLinkTo(startPath, '/'), 303);
    if (sectionsFor(page.signIn).length > 0) return c.redirect(page.link(homeOf(page)), 303);
    return showPage(c, <NoRolePage page={page} who={page.signIn} roles={reading.scopesOf} />, 403);
  });

  app.get('/sign-in/reachable', onTheWay, async (c) =>
    c.body(null, (await provider.reachable()) ? 204 : 503),
  );

  app.post('/sign-out', fromOurPages, pageHeaders(), async (c) => {
    cookie.clear(c);
    const hint = hints.take(c);
    const goTo = hint === null ? null : await provider.end(hint, languageOf(c));
    if (goTo === null) return c.redirect(signedOutPath, 303);
    // No redirect: the page's policy lets a form lead nowhere else, nor what it is redirected to.
    c.header('Refresh', `0; url=${goTo.href}`);
    return showPage(c, <LeavingPage page={pageOf(c, house, null)} goTo={goTo} />, 200);
  });

  app.get(signedOutPath, pageHeaders(), (c) =>
    showPage(c, <SignedOutPage page={pageOf(c, house, cookie.read(c))} />, 200),
  );
  return app;
}

/** What passes through here is neither kept nor told on. */
const onTheWay: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
};

const statusOf: Readonly<Record<SignInFaultReason, 400 | 403 | 502 | 503>> = {
  denied: 403,
  interrupted: 403,
  expired: 400,
  unavailable: 503,
  misconfigured: 502,
  distrusted: 502,
  'unusable-account': 403,
  'unusable-institute': 403,
};

/** A page about signing in, in the language that the page afterwards was asked for in. */
function aboutSigningIn(path: string, about: { readonly why?: string; readonly to: string }): string {
  const query = new URLSearchParams(about);
  const lang = new URLSearchParams(about.to.split('?')[1]).get('lang');
  if (lang !== null) query.set('lang', lang);
  return `${path}?${query}`;
}

function homeOf({ query, signIn }: Page): string {
  const to = localPath(query.get('to') ?? undefined);
  if (to !== null && to !== '/') return to;
  return sectionsFor(signIn)[0]?.places[0]?.path ?? '/';
}

/** The one asked for by the page that people come from or go to. */
function languageOf(c: Context) {
  const to = new URLSearchParams(c.req.query('to')?.split('?')[1]);
  return chooseLanguage(to.get('lang') ?? undefined, c.req.header('Accept-Language'));
}
