import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sectionsFor } from '@watchledger/pages/sections';
import type { BrowserContext, Page } from 'playwright';
import { openBrowser } from '../browser/browser.ts';
import { cookieOf } from './door.ts';
import type { Person } from './people.ts';

export interface ScreenshotOptions {
  readonly url: string;
  readonly secret: string;
  readonly people: readonly Person[];
  readonly folder: string;
  /** Only these paths and what is below them; empty: all. */
  readonly only: readonly string[];
  readonly onStep: (step: string) => void;
}

const screens = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;

/**
 * Pictures of every page that the navigation leads to, and of one of each kind of page that those link to: in Chinese
 * and English, on a desktop and a phone, light, dark, and as printed. Named `<page>.<language>.<screen>.<look>.png`.
 */
export async function takeScreenshots(options: ScreenshotOptions): Promise<void> {
  const { url, people, folder, only, onStep } = options;
  mkdirSync(folder, { recursive: true });
  await using browser = await openBrowser();
  const wanted = (path: string) =>
    only.length === 0 || only.some((each) => path === each || path.startsWith(`${each}/`));
  const seen = new Set<string>();
  let taken = 0;
  for (const person of people) {
    const scout = await browser.newProfile('zh-CN');
    await signIn(scout, options, person);
    const found = (await pathsOf(await scout.newPage(), url, person)).filter(
      ([name, path]) => wanted(path) && !seen.has(name),
    );
    await scout.close();
    for (const [name] of found) seen.add(name);
    for (const language of ['zh-CN', 'en-US'] as const) {
      for (const [screen, viewport] of Object.entries(screens)) {
        const profile = await browser.newProfile(language, { viewport });
        await signIn(profile, options, person);
        const page = await profile.newPage();
        for (const [name, path] of found) {
          await page.goto(url + path);
          for (const look of [
            'light',
            'dark',
            ...(screen === 'desktop' ? (['print'] as const) : []),
          ] as const) {
            await wear(page, look);
            const file = `${name}.${language.slice(0, 2)}.${screen}.${look}.png`;
            await page.screenshot({ path: join(folder, file), fullPage: true });
            taken += 1;
          }
          await wear(page, 'light');
        }
        await profile.close();
      }
    }
    onStep(`${person.name}: ${found.length} pages`);
  }
  onStep(`${taken} pictures in ${folder}`);
}

const wear = (page: Page, look: 'light' | 'dark' | 'print') =>
  page.emulateMedia({
    media: look === 'print' ? 'print' : 'screen',
    colorScheme: look === 'dark' ? 'dark' : 'light',
  });

async function signIn(
  profile: BrowserContext,
  { url, secret }: ScreenshotOptions,
  person: Person,
): Promise<void> {
  await profile.addCookies([{ name: 'watchledger', value: cookieOf(secret, person), url }]);
}

/** The pages of somebody's navigation, and one of each kind that they link to, by name. */
async function pathsOf(
  page: Page,
  url: string,
  person: Person,
): Promise<(readonly [name: string, path: string])[]> {
  const places = sectionsFor({ ...person, until: 0 as never }).flatMap((section) => section.places);
  const known = new Map<string, string>();
  for (const { path } of places) {
    const answer = await page.goto(url + path);
    if (!answer?.ok()) continue;
    known.set(nameOf(path), path);
    const links = await page
      .locator('main a[href^="/"]')
      .evaluateAll((all) => all.map((each) => new URL((each as HTMLAnchorElement).href).pathname));
    for (const link of links) {
      const below = places.some((place) => link.startsWith(`${place.path}/`));
      if (below && !/\.\w+$/.test(link) && !known.has(nameOf(link))) known.set(nameOf(link), link);
    }
  }
  return [...known];
}

/** `/admin/learners/imr-0001` is `admin-learners-one`: what names a thing has a digit in it. */
const nameOf = (path: string): string =>
  path
    .split('/')
    .filter(Boolean)
    .map((part) => (/\d/.test(part) ? 'one' : part))
    .join('-');
