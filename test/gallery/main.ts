import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../browser/browser.ts';
import { cleanUpAll } from '../harness/index.ts';

/** `npm run gallery`: the status element in each of its states, in English and Chinese, light and dark. */
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const output = path('../output');
mkdirSync(output, { recursive: true });

const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': [
    'text/html',
    `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>
    body { font: 14px system-ui, sans-serif; margin: 24px; display: grid; grid-template-columns: 9rem 1fr 1fr; gap: 12px 20px; align-items: center }
    </style><script type="module" src="/states.js"></script>`,
  ],
  '/states.js': ['text/javascript', readFileSync(path('states.js'), 'utf8')],
  '/status.js': ['text/javascript', readFileSync(path('../../sdk/dist/status.js'), 'utf8')],
};

const browser = await openBrowser();
const profile = await browser.newProfile('en-US');
await profile.route('http://gallery.test/**', (route) => {
  const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
  return route.fulfill({ contentType, body });
});
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await profile.newPage();
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width: 1_240, height: 800 });
  await page.goto('http://gallery.test/');
  await page.waitForSelector('body[data-shown]');
  const picture = `${output}/status-${colorScheme}.png`;
  await page.screenshot({ path: picture, fullPage: true });
  console.log(picture);
}
await cleanUpAll();
