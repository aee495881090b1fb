import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCalendar, defaultPolicy, instant, milliseconds } from '@watchledger/rules';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createHmacSigner, createOneTimeCodes, createPages, type MintToken } from './index.ts';

const origin = 'http://127.0.0.1:8787';
const hour = milliseconds(3_600_000);
const sdkDir = mkdtempSync(join(tmpdir(), 'sdk-'));
writeFileSync(join(sdkDir, 'watchledger.js'), 'export const watch = () => {};');
const playersDir = mkdtempSync(join(tmpdir(), 'players-'));
writeFileSync(join(playersDir, 'player.mjs'), 'export const play = () => {};');
writeFileSync(join(playersDir, 'LICENSE'), 'its terms');
afterAll(() => {
  for (const folder of [sdkDir, playersDir]) rmSync(folder, { recursive: true });
});

const demoPages = [
  '/demo/video',
  '/demo/document',
  '/demo/hls',
  '/demo/video-js',
  '/demo/pdf',
  '/demo/frame',
];

type Minted = Parameters<MintToken>[0];

function setUp({ secureCookies = false, secret = 'one', demo = true } = {}) {
  let now = Date.UTC(2026, 2, 1);
  const minted: Minted[] = [];
  const clock = () => instant(now);
  const codes = createOneTimeCodes({ clock, ttl: hour });
  const app = createPages({
    policy: defaultPolicy,
    calendar: createCalendar(defaultPolicy.timeZone),
    codes,
    provider: null,
    mintToken: (claims) => `token-${minted.push(claims)}`,
    signer: createHmacSigner(secret),
    clock,
    askAs: () => {
      throw new Error('nobody asks');
    },
    ready: () => {
      throw new Error('nobody asks');
    },
    onFault: (error) => {
      throw error;
    },
    baseDir: playersDir,
    sdkDir,
    playersDir,
    demo,
    secureCookies,
  });
  const ask = (path: string, init?: RequestInit) => app.request(`${origin}${path}`, init);
  const post = (path: string, body?: string, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      headers: {
        Origin: origin,
        ...(body !== undefined && {
          'Content-Type': 'application/json',
          'Content-Length': String(Buffer.byteLength(body)),
        }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
  const signInWith = (code: string) => post('/sign-in', JSON.stringify({ code }));
  /** Signs a learner in and gives the cookie as a browser would send it. */
  const signIn = async (sub = 'u1', scope = 'watch') => {
    const answer = await signInWith(codes.issue({ sub, scope, page: '/demo/video' }));
    return answer.headers.get('Set-Cookie')?.split(';')[0] ?? '';
  };
  return { ask, post, codes, signIn, signInWith, minted, pass: (ms: number) => (now += ms) };
}

let site: ReturnType<typeof setUp>;
beforeEach(() => {
  site = setUp();
});

describe('pages', () => {
  test.each([
    ['/', '看了多久，就记多久', 'What was watched is what counts'],
    ['/demo/video', '视频课件：学时是怎样计算的', 'Video: how study hours are counted'],
    ['/demo/document', '文档课件：学时说明', 'Document: a guide to study hours'],
    ['/demo/hls', 'HLS 视频：hls.js', 'HLS with hls.js'],
    ['/demo/video-js', 'Video.js 播放器', 'How it is attached'],
    ['/demo/pdf', '/media/guide.zh-CN.pdf', '/media/guide.en.pdf'],
    ['/demo/frame', '嵌入页里的课件', 'Courseware in a frame'],
    ['/demo/frame/lesson', '嵌入的页面', 'A page in a frame'],
  ])('%s speaks both languages', async (path, zh, en) => {
    const chinese = await (await site.ask(path, { headers: { 'Accept-Language': 'zh-CN' } })).text();
    expect(chinese).toMatch(/^<!doctype html><html lang="zh-CN">/i);
    expect(chinese).toContain(zh);
    const english = await (
      await site.ask(`${path}?lang=en`, { headers: { 'Accept-Language': 'zh-CN' } })
    ).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toContain(en);
  });

  test('the language switch keeps the page, and other links keep the language', async () => {
    const page = await (await site.ask('/demo/video?lang=en')).text();
    expect(page).toContain('href="/demo/video?lang=zh-CN"');
    expect(page).toContain('href="/demo/document?lang=en"');
  });

  test('T19: pages carry no inline script or style and forbid them', async () => {
    for (const path of ['/', ...demoPages, '/demo/frame/lesson']) {
      const answer = await site.ask(path, { headers: { Cookie: await site.signIn() } });
      const policy = answer.headers.get('Content-Security-Policy');
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(answer.headers.get('Referrer-Policy')).toBe('same-origin');
      const page = await answer.text();
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
    }
  });

  test.each([
    ['/', ''],
    ['/demo/video', ''],
    ['/demo/document', ''],
    ['/demo/hls', "media-src 'self' blob:"],
    ['/demo/video-js', 'font-src data:'],
    ['/demo/pdf', ''],
    ['/demo/frame', ''],
  ])('T19: nobody may frame %s, and it is allowed what it needs and no more: “%s”', async (path, more) => {
    const policy = (await site.ask(path)).headers.get('Content-Security-Policy') ?? '';
    const strictest = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    expect(policy).toBe([strictest, "object-src 'none'", ...(more === '' ? [] : [more])].join('; '));
  });

  test('T19: the page that stands in a frame may be framed by our own pages, and knows nobody', async () => {
    const answer = await site.ask('/demo/frame/lesson', { headers: { Cookie: await site.signIn('u7') } });
    expect(answer.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'self'");
    const page = await answer.text();
    expect(page).not.toMatch(/u7|demo-frame/);
  });

  test('T19: a hostile learner id is shown as text', async () => {
    const cookie = await site.signIn('<img src=x onerror=alert(1)>"\'');
    const page = await (await site.ask('/demo/video', { headers: { Cookie: cookie } })).text();
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
    expect(page).not.toContain('<img src=x');
  });

  test('without a sign-in the page says what to do and records nothing', async () => {
    const page = await (await site.ask('/demo/video?lang=en')).text();
    expect(page).toContain('Please sign in first');
    expect(page).not.toContain('demo/video.js');
    expect(page).toContain(`${origin}/demo/video<wbr/>#code=…`);
  });

  test('without a sign-in players of others play, and record nothing either', async () => {
    const page = await (await site.ask('/demo/hls')).text();
    expect(page).toContain('src="/assets/demo/players/hls.js"');
    expect(page).not.toContain('src="/assets/demo/hls.js"');
    expect(page).not.toContain('src="/sdk/');
  });

  test('the start page leads to every demo page', async () => {
    const page = await (await site.ask('/?lang=en')).text();
    for (const path of demoPages) expect(page).toContain(`href="${path}?lang=en"`);
  });

  test('R5: signed in, the page holds the panel, and in it the exact text of the cap', async () => {
    const page = await (await site.ask('/demo/video', { headers: { Cookie: await site.signIn() } })).text();
    expect(page).toContain('src="/assets/demo/video.js"');
    expect(page).toContain('data-courseware-id="demo-video"');
    expect(page).toContain('data-learner-id="u1"');
    expect(page).toContain('已达 50 学时上限，不再计入；请通过在职自学或线下学习补充');
  });
});

test('without the demo there is nothing of it, and no page links to it', async () => {
  const { ask, post, signIn, minted } = setUp({ demo: false });
  for (const path of [...demoPages, '/demo/frame/lesson', '/media/demo.webm', '/players/player.mjs']) {
    expect((await ask(path)).status).toBe(404);
  }
  const Cookie = await signIn();
  expect((await post('/demo/token', undefined, { Cookie })).status).toBe(404);
  expect(minted).toEqual([]);
  const start = await (await ask('/', { headers: { Cookie } })).text();
  expect(start).not.toContain('/demo/');
  expect(start).toContain('href="/docs"');
});

describe('signing in', () => {
  test('a code becomes a cookie that scripts cannot read and other sites cannot post with', async () => {
    const answer = await site.signInWith(
      site.codes.issue({ sub: 'u1', scope: 'watch', page: '/demo/document' }),
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ learnerId: 'u1', goTo: '/demo/document' });
    const cookie = answer.headers.get('Set-Cookie');
    expect(cookie).toMatch(/^watchledger=\S+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('over HTTPS the cookie is bound to it', async () => {
    const secure = setUp({ secureCookies: true });
    const answer = await secure.signInWith(secure.codes.issue({ sub: 'u1', scope: 'watch', page: '/' }));
    expect(answer.headers.get('Set-Cookie')).toMatch(/^__Host-watchledger=.*; Secure/);
  });

  test.each([
    ['used', (code: string) => site.signInWith(code)],
    ['expired', async () => site.pass(hour)],
  ])('a code that is %s is refused and says so', async (reason, before) => {
    const code = site.codes.issue({ sub: 'u1', scope: 'watch', page: '/' });
    await before(code);
    const answer = await site.signInWith(code);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated', reason });
    expect(answer.headers.get('Set-Cookie')).toBeNull();
  });

  test.each([
    ['no code', '{}', {}, 400],
    ['a code that is no text', '{"code":7}', {}, 400],
    ['a body that is null', 'null', {}, 400],
    ['a body that is no JSON', '{', {}, 400],
    ['a form', 'code=x', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['a large body', JSON.stringify({ code: 'x'.repeat(2000) }), {}, 413],
  ])('%s is refused as a problem', async (_, body, headers, status) => {
    const answer = await site.post('/sign-in', body, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status });
  });

  test('a foreign page cannot sign anyone in, and the code stays good', async () => {
    const code = site.codes.issue({ sub: 'u1', scope: 'watch', page: '/' });
    const body = JSON.stringify({ code });
    expect((await site.post('/sign-in', body, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await site.signInWith(code)).status).toBe(200);
  });

  test('a sign-in outlives a restart with the same secret, and no other', async () => {
    const headers = { Cookie: await site.signIn() };
    expect((await setUp({ secret: 'one' }).post('/demo/token', undefined, headers)).status).toBe(200);
    expect((await setUp({ secret: 'two' }).post('/demo/token', undefined, headers)).status).toBe(401);
  });

  test('signing out takes the cookie back', async () => {
    const answer = await site.post('/sign-out', undefined, { Cookie: await site.signIn() });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Set-Cookie')).toMatch(/^watchledger=; Max-Age=0/);
  });
});

describe('the watch token of a page', () => {
  test('T21: serves the demo courseware alone, for ten minutes', async () => {
    const answer = await site.post('/demo/token', undefined, { Cookie: await site.signIn('u7', 'admin') });
    expect(await answer.text()).toBe('token-1');
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(site.minted).toEqual([
      {
        sub: 'u7',
        scope: 'watch',
        courseware: ['demo-video', 'demo-document', 'demo-hls', 'demo-video-js', 'demo-pdf', 'demo-frame'],
        ttlSeconds: 600,
      },
    ]);
  });

  test.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['another port', { Origin: 'http://127.0.0.1:9999' }],
    ['an opaque origin', { Origin: 'null' }],
    ['a cross-site fetch', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('is not given to %s', async (_, headers) => {
    const answer = await site.post('/demo/token', undefined, { Cookie: await site.signIn(), ...headers });
    expect(answer.status).toBe(403);
    expect(site.minted).toEqual([]);
  });

  test('is not given to a request that no browser vouches for', async () => {
    const answer = await site.ask('/demo/token', {
      method: 'POST',
      headers: { Cookie: await site.signIn() },
    });
    expect(answer.status).toBe(403);
  });

  test('is not given without a sign-in, with an altered one, or with an outlived one', async () => {
    const cookie = await site.signIn();
    const altered = cookie.replace('=', '=e');
    expect((await site.post('/demo/token')).status).toBe(401);
    expect((await site.post('/demo/token', undefined, { Cookie: altered })).status).toBe(401);
    site.pass(12 * hour);
    expect((await site.post('/demo/token', undefined, { Cookie: cookie })).status).toBe(401);
    expect(site.minted).toEqual([]);
  });

  test('is not given to a sign-in that may not watch', async () => {
    const answer = await site.post('/demo/token', undefined, { Cookie: await site.signIn('r1', 'review') });
    expect(answer.status).toBe(403);
  });
});

describe('files', () => {
  const video = '/media/demo.webm';

  test('the video is served whole, with its type, length and version', async () => {
    const answer = await site.ask(video);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('video/webm');
    expect(answer.headers.get('Accept-Ranges')).toBe('bytes');
    const body = await answer.arrayBuffer();
    expect(body.byteLength).toBe(Number(answer.headers.get('Content-Length')));
    expect(body.byteLength).toBeLessThan(1_500_000);
  });

  test('a range is the very bytes asked for', async () => {
    const whole = new Uint8Array(await (await site.ask(video)).arrayBuffer());
    const answer = await site.ask(video, { headers: { Range: 'bytes=1000-1999' } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('Content-Range')).toBe(`bytes 1000-1999/${whole.length}`);
    expect(answer.headers.get('Content-Length')).toBe('1000');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(whole.slice(1000, 2000));
  });

  test('a range after the end is answered 416 with the size', async () => {
    const size = (await site.ask(video)).headers.get('Content-Length');
    const answer = await site.ask(video, { headers: { Range: 'bytes=99999999-' } });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('Content-Range')).toBe(`bytes */${size}`);
  });

  test('a range of another version is answered with the whole file', async () => {
    const etag = (await site.ask(video)).headers.get('ETag') ?? '';
    const range = (ifRange: string) =>
      site.ask(video, { headers: { Range: 'bytes=0-9', 'If-Range': ifRange } });
    expect((await range(etag)).status).toBe(206);
    expect((await range('"another"')).status).toBe(200);
    expect((await range('Sun, 01 Mar 2026 00:00:00 GMT')).status).toBe(200);
  });

  test('what the browser has already is not sent again', async () => {
    const etag = (await site.ask('/assets/pages.css')).headers.get('ETag') ?? '';
    const answer = await site.ask('/assets/pages.css', { headers: { 'If-None-Match': `"x", W/${etag}` } });
    expect(answer.status).toBe(304);
    expect(await answer.text()).toBe('');
  });

  test('HEAD tells the size and sends nothing, whatever the range', async () => {
    const answer = await site.ask(video, { method: 'HEAD', headers: { Range: 'bytes=0-9' } });
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('Content-Length'))).toBeGreaterThan(100_000);
    expect(await answer.text()).toBe('');
  });

  test('the SDK is served as a module', async () => {
    const answer = await site.ask('/sdk/watchledger.js');
    expect(answer.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(await answer.text()).toContain('export const watch');
  });

  test.each([
    ['/players/player.mjs', 'text/javascript; charset=utf-8'],
    ['/media/stream/main.m3u8', 'application/vnd.apple.mpegurl'],
    ['/media/stream/high/00.m4s', 'video/iso.segment'],
    ['/media/guide.en.pdf', 'application/pdf'],
  ])('%s is served as what it is', async (path, type) => {
    const answer = await site.ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe(type);
  });

  test('pages of other sites may import the SDK, and read nothing else', async () => {
    const elsewhere = { headers: { Origin: 'https://lms.example.org' } };
    for (const path of ['/sdk/watchledger.js', video, '/assets/pages.css', '/']) {
      const { headers } = await site.ask(path, elsewhere);
      const open = path.startsWith('/sdk/');
      expect(headers.get('Access-Control-Allow-Origin'), path).toBe(open ? '*' : null);
      expect(headers.get('Cross-Origin-Resource-Policy'), path).toBe(open ? 'cross-origin' : null);
      expect(headers.get('Access-Control-Allow-Credentials'), path).toBeNull();
    }
  });

  test.each([
    '/media/make-demo-video.sh',
    '/media/make-guide.ts',
    '/players/LICENSE',
    '/media/..%2fpackage.json',
    '/assets/../package.json',
    '/sdk/%2e%2e/x.js',
    '/assets/',
  ])('T19: %s is not there', async (path) => {
    const answer = await site.ask(path);
    expect(answer.status).toBe(404);
  });
});
