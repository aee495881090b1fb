import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answerRange } from '../browser/answer-range.ts';

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../sdk/${path}`, import.meta.url)));

/** The pages that the stories are played on, at two origins: `127.0.0.1` and, for frames, `localhost`. */
export interface LabSite extends AsyncDisposable {
  readonly url: string;
  readonly otherOrigin: string;
}

export interface LabSiteOptions {
  readonly service: () => string;
  readonly token: (learner: string) => string;
}

const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Lab</title>';
const video = (src: string) =>
  `<video src="${src}" width="640" height="360" controls muted playsinline></video><button>Picture in picture</button>`;

export async function openLabSite({ service, token }: LabSiteOptions): Promise<LabSite> {
  const clip = file('test-media/clock.webm');
  const server = createServer(async ({ url = '/', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://lab');
    const send = (type: string, body: string | Buffer) => answer(response, type, body);
    const html = (body: string) => send('text/html', head + body);
    const scripts = '<script type="module" src="/lab.js"></script>';
    switch (pathname) {
      case '/video':
        return html(`${video(searchParams.get('src') ?? '/clip.webm')}${scripts}`);
      case '/document':
        return html(`<div style="height:5000px">Slides</div>${scripts}`);
      case '/frame':
        return html(
          `<iframe width="700" height="420" src="${searchParams.get('inner')}"></iframe>${scripts}`,
        );
      case '/inner':
        return html(`${video('/clip.webm')}<script type="module" src="/inner.js"></script>`);
      case '/away':
        return html('<p>Elsewhere</p>');
      case '/lab.js':
        return send('text/javascript', `const service = ${JSON.stringify(service())};\n${script}`);
      case '/inner.js':
        return send('text/javascript', innerScript);
      case '/watchledger.js':
        return send('text/javascript', file('dist/watchledger.js'));
      case '/token':
        return send('text/plain', token(searchParams.get('learner') ?? ''));
      case '/clip.webm':
      case '/other.webm':
        return answerRange(response, clip, headers.range);
      case '/stalling.webm':
        return stall(response, file('../services/pages/media/demo.webm'));
      default:
        response.writeHead(204).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** The first tenth of a clip, some seven seconds, then nothing for as long as it takes to play and miss more. */
async function stall(response: ServerResponse, clip: Buffer): Promise<void> {
  const start = Math.floor(clip.length / 10);
  response.writeHead(200, { 'Content-Type': 'video/webm', 'Content-Length': clip.length });
  response.write(clip.subarray(0, start));
  await pause(12_000);
  response.end(clip.subarray(start));
}

/** Watches what the page has, and keeps what the SDK measured through reloads of the tab. */
const script = `
import { documentViewer, frameSource, watch } from '/watchledger.js';
const { searchParams: asked } = new URL(location);
const learner = asked.get('learner');
const video = document.querySelector('video');
const frame = document.querySelector('iframe');
const source = video ?? (frame
  ? frameSource(frame, new URL(frame.src).origin)
  : documentViewer(document, { idleMs: Number(asked.get('idle') ?? 300000) }));
const watching = watch(source, {
  endpoint: service,
  coursewareId: asked.get('courseware') ?? 'lab',
  token: async () => (await fetch('/token?learner=' + learner)).text(),
});
const KEY = 'lab.measured';
const before = Number(sessionStorage.getItem(KEY));
window.lab = { watching, measured: () => before + watching.watchedMs };
addEventListener('pagehide', () => sessionStorage.setItem(KEY, lab.measured()));
document.querySelector('button')?.addEventListener('click', () => video.requestPictureInPicture());
`;

const innerScript = `
import { shareSource } from '/watchledger.js';
shareSource(document.querySelector('video'), new URL(location).searchParams.get('around'));
`;
