import { WatchLedgerError } from '@watchledger/client';
import { defaultPolicy, instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { createNotices, type Notice } from '../layout/notice.ts';
import { createHmacSigner, createSignInCookie } from '../sign-in/signed-cookie.ts';
import type { Ask } from './ask.ts';
import type { Form } from './form.ts';
import { createSite } from './site.tsx';

const origin = 'http://127.0.0.1:8787';
const away = new WatchLedgerError(new Response('', { status: 503 }), null);

function siteWith({ act = () => {} }: { act?: (form: Form) => void } = {}) {
  let now = Date.UTC(2026, 2, 1);
  const clock = () => instant(now);
  const signer = createHmacSigner('one');
  const notices = createNotices({ signer, clock, secure: false });
  const faults: unknown[] = [];
  const site = createSite({
    house: { policy: defaultPolicy, demo: false, signInPath: null },
    cookie: createSignInCookie({ signer, clock, secure: false }),
    notices,
    askAs: () => ({}) as Ask,
    log: (error) => faults.push(error),
  });
  site.show('/me', 'watch', ({ page }) => <p>{page.notice?.text ?? 'nothing new'}</p>);
  site.take('/me/form', 'watch', ({ form, goTo }) => {
    act(form);
    return goTo('/me', { kind: 'good', text: form.text('say') ?? '' });
  });
  const cookieOf = (sub: string) => {
    const text = Buffer.from(JSON.stringify({ sub, scope: 'watch', until: now + 3_600_000 }));
    return `watchledger=${signer.sign(text.toString('base64url'))}`;
  };
  const open = (cookie: string) => site.app.request(`${origin}/me`, { headers: { Cookie: cookie } });
  const send = (body: string | FormData, headers: Record<string, string> = {}) =>
    site.app.request(`${origin}/me/form`, {
      method: 'POST',
      headers: {
        Origin: origin,
        ...(typeof body === 'string' && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      body,
    });
  const leave = async (sub: string, notice: Notice) => {
    const answer = await send(`say=${encodeURIComponent(notice.text)}`, { Cookie: cookieOf(sub) });
    return answer.headers.get('Set-Cookie')?.split(';')[0] ?? '';
  };
  return { open, send, leave, cookieOf, faults, pass: (ms: number) => (now += ms) };
}

test('T18: what a stranger sends is not even read', async () => {
  const { send } = siteWith();
  expect((await send(`say=${'x'.repeat(300_000)}`)).status).toBe(401);
});

test('T18: a form of fields is small; one that may hold files is larger, and has its limit', async () => {
  const { send, cookieOf } = siteWith();
  const headers = { Cookie: cookieOf('u1') };
  expect((await send(`say=${'x'.repeat(300_000)}`, headers)).status).toBe(413);
  const files = (bytes: number) => {
    const form = new FormData();
    form.append('file', new File([new Uint8Array(bytes)], 'a.pdf'));
    return form;
  };
  expect((await send(files(10_000_000), headers)).status).toBe(303);
});

test('what is no form is refused, and is no fault of ours', async () => {
  const { send, cookieOf, faults } = siteWith();
  const headers = { Cookie: cookieOf('u1') };
  expect((await send('say', { ...headers, 'Content-Type': 'text/plain' })).status).toBe(400);
  expect(
    (await send('--x\r\nbroken', { ...headers, 'Content-Type': 'multipart/form-data; boundary=x' })).status,
  ).toBe(400);
  expect(faults).toEqual([]);
});

test('while a store is away, a form can be sent again as it was', async () => {
  const { send, cookieOf } = siteWith({
    act: () => {
      throw away;
    },
  });
  const answer = await send('say=%22hello%22&to=all', {
    Cookie: cookieOf('u1'),
    Referer: `${origin}/me?year=2026`,
  });
  expect(answer.status).toBe(503);
  const page = await answer.text();
  expect(page).toContain('<form method="post" action="/me/form">');
  expect(page).toContain('<input type="hidden" name="say" value="&quot;hello&quot;"/>');
  expect(page).toContain('href="/me?year=2026&amp;lang=en"');
});

test('a notice is told once, to the person it is for, within a minute', async () => {
  const { open, leave, cookieOf, pass } = siteWith();
  const notice = await leave('u1', { kind: 'good', text: 'saved' });
  expect(await (await open(`${cookieOf('u2')}; ${notice}`)).text()).toContain('nothing new');
  const told = await open(`${cookieOf('u1')}; ${notice}`);
  expect(await told.text()).toContain('saved');
  expect(told.headers.get('Set-Cookie')).toMatch(/^watchledger-notice=; Max-Age=0/);
  pass(60_001);
  expect(await (await open(`${cookieOf('u1')}; ${notice}`)).text()).toContain('nothing new');
});

test('what was signed as a sign-in is no notice, and no notice a sign-in', async () => {
  const { open, leave, cookieOf } = siteWith();
  const signIn = cookieOf('u1');
  const notice = await leave('u1', { kind: 'good', text: 'saved' });
  const swapped = notice.replace('watchledger-notice=', 'watchledger=');
  expect((await open(swapped)).status).toBe(401);
  const planted = signIn.replace('watchledger=', 'watchledger-notice=');
  expect(await (await open(`${signIn}; ${planted}`)).text()).toContain('nothing new');
});

test('what is said of one person is kept by no cache', async () => {
  const { open, cookieOf } = siteWith();
  expect((await open(cookieOf('u1'))).headers.get('Cache-Control')).toBe('no-store');
});
