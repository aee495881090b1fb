import { fileURLToPath } from 'node:url';
import { Problem, type Readiness } from '@watchledger/contract';
import type { Calendar, Instant, Policy } from '@watchledger/rules';
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { adminPages } from './admin/routes.tsx';
import { DocumentPage } from './demo/document-page.tsx';
import { FramePage } from './demo/frame-page.tsx';
import { FramedPage } from './demo/framed-page.tsx';
import { HlsPage } from './demo/hls-page.tsx';
import { PdfPage } from './demo/pdf-page.tsx';
import { VideoJsPage } from './demo/video-js-page.tsx';
import { VideoPage } from './demo/video-page.tsx';
import { type MintToken, mintWatchToken } from './demo/watch-token.ts';
import { answerAsset, forEverySite } from './files/answer-asset.ts';
import { type Assets, readAssets } from './files/assets.ts';
import { createNotices } from './layout/notice.ts';
import { type House, type Page, pageOf } from './layout/page.ts';
import { type Allowed, pageHeaders } from './layout/page-headers.ts';
import { showPage } from './layout/show-page.ts';
import { learnerPages } from './me/routes.tsx';
import { overviewPages } from './overview/routes.tsx';
import { reviewPages } from './review/routes.tsx';
import type { CodeDesk } from './sign-in/one-time-codes.ts';
import { type ProviderSetting, providerRoutes, startPath } from './sign-in/provider/routes.tsx';
import { fromOurPages, signInRoutes } from './sign-in/routes.ts';
import { createSignInCookie, type Signer } from './sign-in/signed-cookie.ts';
import type { AskAs } from './site/ask.ts';
import { createSite } from './site/site.tsx';
import { StartPage } from './start/start-page.tsx';

export interface PagesDeps {
  /** The policy in force: the texts speak in its figures. */
  readonly policy: Policy;
  /** That of the policy's time zone. */
  readonly calendar: Calendar;
  readonly codes: CodeDesk;
  /** Who vouches for people; null: they come by one-time codes alone. */
  readonly provider: ProviderSetting | null;
  readonly mintToken: MintToken;
  /** Vouches for sign-in cookies; give it the same secret at each start, and sign-ins outlive a restart. */
  readonly signer: Signer;
  readonly clock: () => Instant;
  /** Asks the API as one of the people who are signed in. */
  readonly askAs: AskAs;
  /** Whether this process can do its work now. */
  readonly ready: () => Promise<Readiness>;
  /** Faults of our own. */
  readonly onFault: (error: unknown, path: string) => void;
  /** The folder with the stylesheet that ours build on: `modern-normalize.css`. */
  readonly baseDir: string;
  /** The folder with the built SDK: `watchledger.js`. */
  readonly sdkDir: string;
  /** The folder with the players of the demo pages, each in a folder of its own. */
  readonly playersDir: string;
  /** Whether the demo pages, their token and their media are there. */
  readonly demo: boolean;
  /** True where the service is reached by HTTPS. */
  readonly secureCookies: boolean;
}

/**
 * The pages for people, and the files that they need.
 * @throws when `sdkDir` cannot be read: the SDK is not built.
 * @example app.route('/', createPages(deps));
 */
export function createPages(deps: PagesDeps): Hono {
  const { policy, codes, mintToken, signer, clock, sdkDir, playersDir, baseDir, demo, secureCookies } = deps;
  const cookie = createSignInCookie({ signer, clock, secure: secureCookies });
  const house: House = { policy, demo, signInPath: deps.provider === null ? null : startPath };
  const app = new Hono();
  app.onError((error) => {
    if (!(error instanceof Problem)) throw error;
    return new Response(JSON.stringify(error.document()), {
      status: error.status,
      headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    });
  });

  const show = (path: string, render: (page: Page) => Child, allowed?: Allowed) =>
    app.get(path, pageHeaders(allowed), (c) => showPage(c, render(pageOf(c, house, cookie.read(c)))));
  show('/', (page) => <StartPage page={page} />);
  // First, as it signs out at the provider, too.
  if (deps.provider !== null) {
    const secure = secureCookies;
    app.route('/', providerRoutes({ ...deps.provider, house, cookie, signer, clock, secure }));
  }
  app.route('/', signInRoutes({ codes, cookie, clock }));
  const site = createSite({
    house,
    cookie,
    notices: createNotices({ signer, clock, secure: secureCookies }),
    askAs: deps.askAs,
    log: deps.onFault,
  });
  learnerPages(site, deps.calendar, clock);
  overviewPages(site);
  reviewPages(site);
  adminPages(site, deps.ready);
  site.nothingElse();
  app.route('/', site.app);
  serve(app, '/base', readAssets(baseDir));
  serve(app, '/assets', readAssets(fileURLToPath(new URL('../assets', import.meta.url))));
  serve(app, '/sdk', readAssets(sdkDir), forEverySite);
  if (!demo) return app;

  show('/demo/video', (page) => <VideoPage page={page} />);
  show('/demo/document', (page) => <DocumentPage page={page} />);
  // Media Source Extensions hand the video its data by a blob's address.
  show('/demo/hls', (page) => <HlsPage page={page} />, { 'media-src': "'self' blob:" });
  // Its icons are a font within its stylesheet.
  show('/demo/video-js', (page) => <VideoJsPage page={page} />, { 'font-src': 'data:' });
  show('/demo/pdf', (page) => <PdfPage page={page} />);
  show('/demo/frame', (page) => <FramePage page={page} />);
  show('/demo/frame/lesson', (page) => <FramedPage page={page} />, { 'frame-ancestors': "'self'" });
  app.post('/demo/token', fromOurPages, async (c) => {
    const token = await mintWatchToken(mintToken, cookie.read(c));
    return c.text(token, 200, { 'Cache-Control': 'no-store' });
  });
  serve(app, '/media', readAssets(fileURLToPath(new URL('../media', import.meta.url))));
  serve(app, '/players', readAssets(playersDir));
  return app;
}

function serve(
  app: Hono,
  prefix: string,
  assets: Assets,
  headers: Readonly<Record<string, string>> = {},
): void {
  app.get(`${prefix}/*`, (c: Context) => {
    const asset = assets.get(c.req.path.slice(prefix.length + 1));
    if (asset === undefined) throw new Problem('not-found', `There is no file ${c.req.path}.`);
    return answerAsset(c.req.raw, asset, headers);
  });
}
