import { setTimeout as pause } from 'node:timers/promises';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as engine,
} from 'playwright';
import { startChild } from '../harness/child.ts';
import { leaveForCleanup } from '../harness/cleanup.ts';
import { chromium, find, headlessShell, locate, temporaryFolder } from '../harness/index.ts';

/** Closed when disposed of. */
export interface TestBrowser extends AsyncDisposable {
  /** A profile of its own: cookies, storage, history. */
  newProfile(language: string, options?: BrowserContextOptions): Promise<BrowserContext>;
}

const options = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  // There is none, and to imitate it costs a tenth of all that a browser does here.
  '--disable-gpu',
  // Nobody outside is to be asked for anything.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A start takes a second of a busy machine: the tests of a process share one browser, and each has profiles of its own. */
const launched = new Map<string, Promise<Browser>>();

/** A Chromium all of whose tabs count as visible. */
export const openBrowser = (): Promise<TestBrowser> => open(find(headlessShell) ?? locate(chromium));

/** The same with the back-forward cache that people have. */
export const openBrowserWithCache = (): Promise<TestBrowser> => open(locate(chromium));

async function open(path: string): Promise<TestBrowser> {
  const launching = launched.get(path) ?? launch(path);
  launched.set(path, launching);
  const browser = await launching;
  const profiles: BrowserContext[] = [];
  return {
    async newProfile(language, options) {
      const profile = await browser.newContext({ ...options, locale: language });
      profiles.push(profile);
      return profile;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(profiles.map((profile) => profile.close()));
    },
  };
}

async function launch(path: string): Promise<Browser> {
  const launching = engine.launch({
    executablePath: path,
    args: options,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const browser = await launching.catch((error) => {
    launched.delete(path);
    throw error;
  });
  // A process that goes away takes the browser with it.
  browser.once('disconnected', () => launched.delete(path));
  leaveForCleanup({ undo: () => browser.close(), atOnce: () => {}, shared: true });
  return browser;
}

/** A Chromium that is let be: only its tab in front is visible, as for people. It has one profile. */
export async function openUntouchedBrowser(): Promise<TestBrowser> {
  const child = startChild(locate(chromium), [
    ...options,
    '--headless=new',
    '--remote-debugging-port=0',
    '--no-first-run',
    `--user-data-dir=${temporaryFolder()}`,
  ]);
  const [, address = ''] = await child.says(/DevTools listening on (ws:\S+)/, 20_000);
  await firstTab(new URL(address).host);
  const browser = await engine.connectOverCDP(address, { noDefaults: true });
  return {
    async newProfile() {
      const [profile] = browser.contexts();
      if (profile === undefined) throw new Error('the browser has no profile');
      return profile;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await child.end('SIGKILL');
    },
  };
}

/** Who connects while the first tab is only just being made may wait for it for ever. */
async function firstTab(host: string): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (Date.now() < giveUpAt) {
    const tabs = (await (await fetch(`http://${host}/json/list`)).json()) as { type: string; url: string }[];
    if (tabs.some(({ type, url }) => type === 'page' && url !== '')) return;
    await pause(50);
  }
  throw new Error('the browser has no tab');
}
