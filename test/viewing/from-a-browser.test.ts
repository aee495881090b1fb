import type { OpenedSession, Session } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { api } from '../harness/index.ts';
import { type Site, shortPolicy, startSite } from './site.ts';

const origin = 'https://learn.example.org';
const elsewhere = 'https://evil.example';

describe('what a page of another origin does', () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ policy: shortPolicy, env: { CORS_ORIGINS: origin } });
    await site.put('film', 7_200);
  });

  const mayRead = ({ headers }: { headers: Headers }) => headers.get('Access-Control-Allow-Origin');

  test('a page that goes away ends its session by the end token as plain text, which needs no preflight', async () => {
    const page = site.page('u1');
    const viewing = await page.watch('film');
    await viewing.play(1_000);
    const { sessionId, endToken } = viewing.session;
    const sendBeacon = (body: object) =>
      fetch(`${site.service.url}/v1/sessions/${sessionId}/end`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain;charset=UTF-8', Origin: origin },
        body: JSON.stringify(body),
        keepalive: true,
      });

    const stranger = await sendBeacon({ endToken: 'not this one', watchedMs: 1_000 });
    expect([stranger.status, mayRead(stranger)]).toEqual([404, origin]);
    const ended = await sendBeacon({ endToken, watchedMs: 1_000 });
    expect([ended.status, mayRead(ended)]).toEqual([200, origin]);
    expect(await ended.json()).toMatchObject({ sessionId, state: 'ended', watchedMs: 1_000 });
    const again = await sendBeacon({ endToken, watchedMs: 5_000 });
    expect([again.status, ((await again.json()) as Session).watchedMs]).toEqual([200, 1_000]);

    expect((await page.open('film')).status).toBe(201);
    const late = await viewing.beat(60_000);
    expect([late.status, late.body]).toMatchObject([
      410,
      { code: 'session-ended', session: { sessionId, state: 'ended', watchedMs: 1_000 } },
    ]);
    expect((await site.creditsOf('u1')).online.creditedSeconds).toBe(1);
  });

  test('current is the session that is open, on whatever device, and nothing once it has ended', async () => {
    const page = site.page('u3');
    const none = await page.caller.get('/v1/sessions/current');
    expect([none.status, none.body.code]).toEqual([404, 'no-active-session']);
    const viewing = await page.watch('film');
    await viewing.play(200);
    const { status, body } = await site.page('u3').caller.get<Session>('/v1/sessions/current');
    expect([status, body.sessionId, body.watchedMs]).toEqual([200, viewing.session.sessionId, 200]);
    expect(body).not.toHaveProperty('endToken');
    await viewing.end();
    expect((await page.caller.get('/v1/sessions/current')).status).toBe(404);
  });

  test('a preflight allows the token and is kept; another origin is told nothing', async () => {
    const preflight = (from: string, path: string, method: string) =>
      fetch(`${site.service.url}${path}`, {
        method: 'OPTIONS',
        headers: {
          Origin: from,
          'Access-Control-Request-Method': method,
          'Access-Control-Request-Headers': 'authorization,content-type',
        },
      });
    for (const path of ['/v1/sessions', '/v1/sessions/x/heartbeats', '/v1/sessions/x/end']) {
      const answer = await preflight(origin, path, 'POST');
      expect([answer.status, mayRead(answer)]).toEqual([204, origin]);
      expect(answer.headers.get('Access-Control-Allow-Methods')).toContain('POST');
      expect(answer.headers.get('Access-Control-Allow-Headers')).toMatch(/Authorization, Content-Type/);
      expect(Number(answer.headers.get('Access-Control-Max-Age'))).toBeGreaterThan(0);
      expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
      const refused = await preflight(elsewhere, path, 'POST');
      expect([mayRead(refused), refused.headers.get('Vary')]).toEqual([null, 'Origin']);
    }
  });

  test('answers and errors alike can be read by the page, and by no other', async () => {
    const watching = site.page('u4').caller;
    const anonymous = api(site.service.url, null);
    const asked = { coursewareId: 'film' };
    for (const [from, allowed] of [
      [origin, origin],
      [elsewhere, null],
    ] as const) {
      const headers = { Origin: from };
      const answers = [
        await watching.post<OpenedSession>('/v1/sessions', { ...asked, clientId: 'tab' }, headers),
        await watching.post('/v1/sessions', { ...asked, clientId: 'another' }, headers),
        await watching.post('/v1/sessions', { coursewareId: 'nowhere' }, headers),
        await watching.post('/v1/sessions', {}, headers),
        await watching.get('/v1/sessions/current', headers),
        await watching.get('/v1/credits', headers),
        await anonymous.post('/v1/sessions', asked, headers),
        await anonymous.get('/nowhere', headers),
        await anonymous.put('/v1/sessions', {}, headers),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 409, 404, 400, 200, 403, 401, 404, 405]);
      expect(answers.map(mayRead)).toEqual(answers.map(() => allowed));
      expect(answers.map(({ headers }) => headers.get('Vary'))).toEqual(answers.map(() => 'Origin'));
    }
  });
});
