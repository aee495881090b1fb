import { defaultPolicy, instant } from '@watchledger/rules';
import { beforeEach, describe, expect, test } from 'vitest';
import type { House } from '../../layout/page.ts';
import { createHmacSigner, createSignInCookie } from '../signed-cookie.ts';
import { usualRoles } from './person.ts';
import { SignInFault, type SignInProvider } from './provider.ts';
import { providerRoutes } from './routes.tsx';

const origin = 'https://hours.example.org';
const login = 'https://login.example.org';
const minute = 60_000;

/** A provider that knows one person, and a browser's cookies. */
function setUp({ secure = true } = {}) {
  let now = Date.UTC(2026, 2, 1);
  let begun = 0;
  const clock = () => instant(now);
  const signer = createHmacSigner('one');
  const cookie = createSignInCookie({ signer, clock, secure });
  const house: House = { policy: defaultPolicy, demo: false, signInPath: '/sign-in/start' };
  const troubles: string[] = [];
  const state = {
    claims: { sub: 'u-17', name: '李明', roles: ['learner'] } as Record<string, unknown>,
    fault: null as SignInFault | null,
    ends: true,
    finished: [] as string[],
  };
  const provider: SignInProvider = {
    async begin() {
      if (state.fault !== null) throw state.fault;
      const name = String(begun++).padStart(43, 's');
      return {
        goTo: new URL(`${login}/authorize?state=${name}`),
        secrets: { state: name, nonce: `n-${name}`, verifier: `v-${name}` },
      };
    },
    async finish(answer, secrets) {
      await Promise.resolve();
      if (state.fault !== null) throw state.fault;
      const code = answer.get('code') ?? '';
      if (state.finished.includes(code)) throw new SignInFault('expired', 'invalid_grant');
      state.finished.push(code);
      if (answer.get('state') !== secrets.state) throw new SignInFault('distrusted', 'state');
      return { claims: state.claims, hint: 'header.payload.signature' };
    },
    end: async (hint) => (state.ends ? new URL(`${login}/logout?id_token_hint=${hint}`) : null),
    reachable: async () => state.fault === null,
  };
  const app = providerRoutes({
    provider,
    reading: { subject: 'sub', roles: 'roles', org: 'org', headquarters: null, scopesOf: usualRoles },
    origin,
    onTrouble: (reason) => troubles.push(reason),
    house,
    cookie,
    signer,
    clock,
    secure,
  });

  function browser() {
    const jar = new Map<string, string>();
    async function ask(path: string, init: RequestInit = {}) {
      const Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await app.request(new URL(path, origin), {
        ...init,
        headers: { Cookie, 'Accept-Language': 'en', ...init.headers },
      });
      for (const each of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
        if (/Max-Age=0/.test(each)) jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    }
    /** Begins, and gives the address that the provider would send the browser back to. */
    async function start(to = '/me', code = 'c-1') {
      const { headers } = await ask(`/sign-in/start?to=${encodeURIComponent(to)}`);
      const goTo = new URL(headers.get('Location') ?? '', origin);
      return `/sign-in/callback?code=${code}&state=${goTo.searchParams.get('state')}`;
    }
    const session = () => jar.get(secure ? '__Host-watchledger' : 'watchledger');
    const leave = () => ask('/sign-out', { method: 'POST', headers: { Origin: origin } });
    return { jar, ask, start, session, leave };
  }
  return { browser, state, troubles, pass: (ms: number) => (now += ms) };
}

let site: ReturnType<typeof setUp>;
let browser: ReturnType<ReturnType<typeof setUp>['browser']>;
beforeEach(() => {
  site = setUp();
  browser = site.browser();
});

const locationOf = (answer: Response) => answer.headers.get('Location');

describe('the way there and back', () => {
  test('leads to the provider, back, and on to the page that was wanted', async () => {
    const callback = await browser.start('/me?year=2026');
    const answer = await browser.ask(callback);
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toBe('/me?year=2026');
    expect(browser.session()).toBeDefined();
  });

  test('the sign-in is bound to this host and to HTTPS, for twelve hours, out of reach of scripts', async () => {
    const answer = await browser.ask(await browser.start());
    const [session] = answer.headers.getSetCookie().filter((each) => each.startsWith('__Host-watchledger='));
    expect(session).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('a transaction is short-lived, out of reach of scripts, and over with its answer', async () => {
    const answer = await browser.ask('/sign-in/start?to=/me');
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-watchledger-sign-in-\S+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const state = new URL(locationOf(answer) ?? '').searchParams.get('state');
    await browser.ask(`/sign-in/callback?code=c-1&state=${state}`);
    expect([...browser.jar.keys()].filter((name) => name.includes('sign-in'))).toEqual([]);
  });

  test('two tabs sign in at once, and end where each wanted to be', async () => {
    const first = await browser.start('/me', 'c-1');
    const second = await browser.start('/review', 'c-2');
    expect(locationOf(await browser.ask(first))).toBe('/me');
    expect(locationOf(await browser.ask(second))).toBe('/review');
  });

  test('many tabs never make a request too large: the oldest sign-in goes', async () => {
    const first = await browser.start();
    site.pass(1_000);
    for (let tab = 2; tab <= 40; tab++) await browser.start('/me', `c-${tab}`);
    expect(browser.jar.size).toBe(5);
    expect(locationOf(await browser.ask(first))).toMatch(/why=expired/);
  });

  test('a double click sends the answer twice, and signs in once', async () => {
    const callback = await browser.start();
    const answers = await Promise.all([browser.ask(callback), browser.ask(callback)]);
    expect(answers.map(locationOf)).toEqual(['/me', '/me']);
    expect(site.state.finished).toEqual(['c-1']);
  });

  test('at another name of ours it goes first to the one that the provider knows, and never in circles', async () => {
    const elsewhere = 'http://hours/sign-in/start?to=/me';
    expect(locationOf(await browser.ask(elsewhere))).toBe(`${origin}/sign-in/start?to=%2Fme&moved=1`);
    // A proxy that hides the name would send it back here.
    expect(locationOf(await browser.ask(`${elsewhere}&moved=1`))).toMatch(login);
  });
});

describe('what comes back and must not count', () => {
  test('a replayed callback signs nobody in, also with the cookie kept', async () => {
    const callback = await browser.start();
    const kept = new Map(browser.jar);
    await browser.ask(callback);
    const thief = site.browser();
    expect(locationOf(await thief.ask(callback))).toBe('/sign-in/failed?why=expired&to=%2F');
    for (const [name, value] of kept) thief.jar.set(name, value);
    expect(locationOf(await thief.ask(callback))).toMatch(/why=expired/);
    expect(thief.session()).toBeUndefined();
  });

  test('back button: who is signed in and comes by an old answer goes to their page', async () => {
    const callback = await browser.start();
    await browser.ask(callback);
    const again = await browser.ask(callback);
    const page = await browser.ask(locationOf(again) ?? '');
    expect(page.status).toBe(303);
    expect(locationOf(page)).toBe('/me');
  });

  test('login CSRF: an answer that another browser asked for signs nobody in', async () => {
    const attackers = await site.browser().start('/me', 'attackers');
    expect(locationOf(await browser.ask(attackers))).toMatch(/why=expired/);
    await browser.start();
    expect(locationOf(await browser.ask(attackers))).toMatch(/why=expired/);
    expect(browser.session()).toBeUndefined();
    expect(site.state.finished).toEqual([]);
  });

  test.each([
    ['a forged state', (callback: string) => callback.replace(/state=.*/, 'state=forged')],
    ['no state', (callback: string) => callback.replace(/&state=.*/, '')],
    ['a state that names another cookie', () => '/sign-in/callback?code=c-1&state=../../x'],
  ])('%s is not believed', async (_, forge) => {
    const callback = forge(await browser.start());
    expect(locationOf(await browser.ask(callback))).toMatch(/why=expired/);
    expect(browser.session()).toBeUndefined();
  });

  test('an expired transaction says so, and leads to a new one', async () => {
    const callback = await browser.start();
    site.pass(10 * minute);
    const failed = locationOf(await browser.ask(callback)) ?? '';
    const page = await browser.ask(failed);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('This sign-in is no longer valid');
  });

  test('tampered cookies are not believed', async () => {
    const callback = await browser.start();
    const [[name = '', value = ''] = []] = [...browser.jar];
    browser.jar.set(name, `e${value}`);
    expect(locationOf(await browser.ask(callback))).toMatch(/why=expired/);
  });

  test('session fixation: no cookie of one kind passes for another, and signing in makes a new one', async () => {
    const callback = await browser.start();
    const [[name = '', transaction = ''] = []] = [...browser.jar];
    browser.jar.set('__Host-watchledger', transaction);
    const page = await browser.ask('/sign-in/no-role');
    expect(locationOf(page)).toMatch('/sign-in/start');
    await browser.ask(callback);
    const session = browser.session() ?? '';
    expect(session).not.toBe(transaction);
    browser.jar.set(name, session);
    expect(locationOf(await browser.ask(callback))).toMatch(/why=expired/);
    site.pass(1_000);
    await browser.ask(await browser.start('/me', 'c-2'));
    expect(browser.session()).not.toBe(session);
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/sign-in/start'])(
    'open redirect: %s is not where a sign-in leads',
    async (to) => {
      expect(locationOf(await browser.ask(await browser.start(to)))).toBe('/');
      const failed = await browser.ask(`/sign-in/failed?why=expired&to=${encodeURIComponent(to)}`);
      expect(locationOf(failed)).toBe('/me');
    },
  );

  test('token leakage by Referer: what holds a code is not shown, kept or told on', async () => {
    const callback = await browser.start();
    for (const path of ['/sign-in/start', callback, '/sign-in/callback?error=access_denied&state=x']) {
      const { status, headers } = await browser.ask(path);
      expect(status).toBe(303);
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('Cache-Control')).toBe('no-store');
    }
  });
});

describe('what fails is told kindly', () => {
  test.each([
    ['denied', 403, 'Sign-in was cancelled', '登录已取消'],
    ['interrupted', 403, 'Sign-in was not finished', '登录没有完成'],
    ['unavailable', 503, 'out of reach for a moment', '统一登录暂时连不上'],
    ['misconfigured', 502, 'Sign-in is not set up yet', '登录还没有设置好'],
    ['distrusted', 502, 'could not be confirmed', '登录结果无法确认'],
  ] as const)('%s', async (reason, status, en, zh) => {
    const callback = await browser.start('/me?lang=en');
    site.state.fault = new SignInFault(reason, 'for operators');
    const failed = locationOf(await browser.ask(callback)) ?? '';
    const page = await browser.ask(failed);
    expect(page.status).toBe(status);
    const text = await page.text();
    expect(text).toContain(en);
    expect(text).toContain('href="/sign-in/start?to=%2Fme%3Flang%3Den"');
    expect(text).not.toContain('for operators');
    expect(await (await browser.ask(failed.replace(/lang=en$/, 'lang=zh-CN'))).text()).toContain(zh);
  });

  test('a provider that is away: the page waits, and begins once it is back', async () => {
    site.state.fault = new SignInFault('unavailable', 'ECONNREFUSED');
    const failed = locationOf(await browser.ask('/sign-in/start?to=/me')) ?? '';
    const page = await browser.ask(failed);
    expect(page.headers.get('Retry-After')).toBe('5');
    expect(await page.text()).toContain('src="/assets/sign-in-again.js"');
    expect((await browser.ask('/sign-in/reachable')).status).toBe(503);
    site.state.fault = null;
    expect((await browser.ask('/sign-in/reachable')).status).toBe(204);
    expect(locationOf(await browser.ask('/sign-in/start?to=/me'))).toMatch(login);
  });

  test('what is asked of the page of failures puts no words into our mouth', async () => {
    const page = await browser.ask('/sign-in/failed?why=%3Cb%3Epay+here%3C/b%3E&to=%22%3E%3Cscript%3E');
    expect(await page.text()).not.toMatch(/pay here|<script>/);
  });

  test('a person without any role learns what to ask for, and may try again or as somebody else', async () => {
    site.state.claims = { sub: 'u-17', name: '李明', roles: [] };
    const answer = await browser.ask(await browser.start('/me'));
    expect(locationOf(answer)).toBe('/sign-in/no-role?to=%2Fme');
    const page = await browser.ask('/sign-in/no-role?to=%2Fme');
    expect(page.status).toBe(403);
    const text = await page.text();
    expect(text).toContain('李明 (u-17)');
    expect(text).toContain('href="/sign-in/start?to=%2Fme"');
    expect(text).toContain('action="/sign-out"');
    site.state.claims = { ...site.state.claims, roles: ['learner'] };
    expect(locationOf(await browser.ask(await browser.start('/me', 'c-2')))).toBe('/me');
    expect(locationOf(await browser.ask('/sign-in/no-role'))).toBe('/me');
  });

  test.each([
    ['unusable-account', { sub: 'auth0|17' }, 'This account cannot be used yet'],
    ['unusable-institute', { org: 'no id' }, 'Your institute is not recognised'],
  ])(
    '%s: nobody is signed in, operators hear why, and another account can be taken',
    async (_, claims, title) => {
      site.state.claims = { ...site.state.claims, ...claims };
      const failed = locationOf(await browser.ask(await browser.start())) ?? '';
      expect(browser.session()).toBeUndefined();
      const text = await (await browser.ask(failed)).text();
      expect(text).toContain(title);
      expect(site.troubles).toHaveLength(1);
      expect(site.troubles.join()).not.toMatch(/auth0\|17|李明/);
      expect((await browser.leave()).headers.get('Refresh')).toMatch(login);
    },
  );
});

describe('signing out', () => {
  test('is done here, and then at the provider, which is told who it is', async () => {
    await browser.ask(await browser.start());
    const answer = await browser.leave();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Refresh')).toBe(
      `0; url=${login}/logout?id_token_hint=header.payload.signature`,
    );
    expect(answer.headers.get('Content-Security-Policy')).toContain("form-action 'self'");
    expect([...browser.jar.keys()]).toEqual([]);
  });

  test('only signing out is told the hint, and only by our own pages', async () => {
    const answer = await browser.ask(await browser.start());
    const [hint] = answer.headers.getSetCookie().filter((each) => each.includes('hint'));
    expect(hint).toMatch(
      /^__Secure-watchledger-hint=\S+; Max-Age=43200; Path=\/sign-out; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('where the provider offers none, or is away, it is done here', async () => {
    await browser.ask(await browser.start());
    site.state.ends = false;
    const answer = await browser.leave();
    expect(locationOf(answer)).toBe('/signed-out');
    expect(browser.session()).toBeUndefined();
    expect((await browser.ask('/signed-out')).status).toBe(200);
  });

  test('who came by a one-time code stays clear of the provider', async () => {
    expect(locationOf(await browser.leave())).toBe('/signed-out');
  });

  test('another site can sign nobody out', async () => {
    await browser.ask(await browser.start());
    const headers = { Origin: 'https://evil.example' };
    await browser.ask('/sign-out', { method: 'POST', headers }).catch(() => {});
    expect(browser.session()).toBeDefined();
  });
});

test('trying it out over HTTP needs no HTTPS', async () => {
  const open = setUp({ secure: false }).browser();
  await open.ask(await open.start());
  expect([...open.jar.keys()]).toEqual(['watchledger-hint', 'watchledger']);
});
