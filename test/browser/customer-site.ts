import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { answerRange } from './answer-range.ts';

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../sdk/${path}`, import.meta.url)));

/** A site of somebody who embeds the SDK: static pages on an origin of its own, and a back end that gives tokens. */
export interface CustomerSite extends AsyncDisposable {
  readonly url: string;
  /** How many tokens its pages have asked for. */
  tokensGiven(): number;
}

/** The project's README, with a module; the SDK's, with a script tag and nothing else. */
export type Guide = 'README.md' | 'sdk/README.md';

export interface Embedding {
  readonly coursewareId: string;
  readonly token: () => string;
  /** What a guide says under “Embed”, in place of a script tag with the SDK of the site's own. */
  readonly guide?: Guide;
}

/** Starts the site; `service` is asked for once it is known, since it wants to know the site's origin first. */
export async function openCustomerSite(service: () => string, embedding: Embedding): Promise<CustomerSite> {
  let tokens = 0;
  const server = createServer(({ url, headers }, response) => {
    const answer = (type: string, body: string | Buffer, scripts = "'self'") =>
      send(response, service(), type, body, scripts);
    if (url === '/' && embedding.guide) {
      const { html, scripts } = snippet(embedding.guide, service(), embedding.coursewareId);
      return answer('text/html; charset=utf-8', html, scripts);
    }
    if (url === '/') return answer('text/html; charset=utf-8', page(service(), embedding.coursewareId));
    if (url === '/page.css') return answer('text/css', 'video { width: 640px }');
    if (url === '/page.js') return answer('text/javascript', script);
    if (url === '/watchledger.iife.js') return answer('text/javascript', file('dist/watchledger.iife.js'));
    if (url === '/lesson.webm') return answerRange(response, file('test-media/clock.webm'), headers.range);
    if (url === '/watch-token') {
      tokens += 1;
      return answer('text/plain', embedding.token());
    }
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tokensGiven: () => tokens,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** With the policy that the SDK's guide promises to be enough. */
function send(
  response: ServerResponse,
  service: string,
  type: string,
  body: string | Buffer,
  scripts: string,
): void {
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': `default-src 'self'; connect-src 'self' ${service}; script-src ${scripts}`,
  });
  response.end(body);
}

const page = (service: string, coursewareId: string) => `<!doctype html>
<html lang="en">
<title>A customer's lesson</title>
<video src="lesson.webm" width="640" height="360" controls muted loop data-endpoint="${service}" data-courseware="${coursewareId}"></video>
<ol id="heard"></ol>
<script src="watchledger.iife.js"></script>
<script src="page.js"></script>
</html>`;

/** What a guide says under “Embed”, word for word but for its names, and the policy that lets it run. */
function snippet(guide: Guide, service: string, coursewareId: string): { html: string; scripts: string } {
  const text = readFileSync(new URL(`../../${guide}`, import.meta.url), 'utf8');
  const [, block = ''] = /## Embed\n.*?```html\n(.+?)```/s.exec(text) ?? [];
  const html = block
    .replaceAll('https://hours.example.org', service)
    .replace('cw-1', coursewareId)
    .replace('lesson.mp4', '/lesson.webm')
    .replace('/my-site/watch-token', '/watch-token');
  const [, inline = ''] = /<script type="module">(.*?)<\/script>/s.exec(html) ?? [];
  const hash = createHash('sha256').update(inline).digest('base64');
  return {
    html: `<!doctype html>\n<link rel="stylesheet" href="/page.css">\n${html}`,
    scripts: inline === '' ? service : `'sha256-${hash}' ${service}`,
  };
}

/** Writes what it hears into the page. */
const script = `
const video = document.querySelector('video');
const watching = WatchLedger.watch(video, {
  endpoint: video.dataset.endpoint,
  coursewareId: video.dataset.courseware,
  token: async () => (await fetch('watch-token')).text(),
});
for (const type of ['session', 'conflict', 'error', 'recovered']) {
  watching.on(type, (detail) => {
    const item = document.createElement('li');
    item.textContent = type + ' ' + JSON.stringify(detail ?? null);
    document.querySelector('#heard').append(item);
  });
}
`;
