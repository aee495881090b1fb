import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium as engine } from 'playwright';
import { startChild } from '../harness/child.ts';
import { chromium, locate, temporaryFolder } from '../harness/index.ts';

/** Closed when disposed of. */
export interface TestBrowser extends AsyncDisposable {
  /** A profile of its own: cookies, storage, history. */
  newProfile(language: string): Promise<BrowserContext>;
}

const options = ['--no-sandbox', '--disable-dev-shm-usage'];

/** A Chromium with the back-forward cache that people have. All its tabs count as visible. */
export async function openBrowser(): Promise<TestBrowser> {
  const browser = await engine.launch({
    executablePath: locate(chromium),
    args: options,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  return {
    newProfile: (language) => browser.newContext({ locale: language }),
    [Symbol.asyncDispose]: () => browser.close(),
  };
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
