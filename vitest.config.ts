import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium, find } from './test/harness/programs.ts';

const jsx = { runtime: 'automatic', importSource: 'hono/jsx' } as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter/plain-count.ts'],
    // One project after the other: what is measured in real time must not starve beside the rest.
    projects: [
      {
        oxc: { jsx },
        test: {
          name: 'unit',
          include: ['{packages,services,sdk}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          include: ['sdk/**/*.browser.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...pathOf(find(chromium)),
                args: [
                  '--no-sandbox',
                  '--disable-dev-shm-usage',
                  '--autoplay-policy=no-user-gesture-required',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        oxc: { jsx },
        test: {
          name: 'system',
          sequence: { groupOrder: 2 },
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          setupFiles: ['test/harness/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Each file runs services, Redis and browsers of its own; side by side they would only starve each other.
          fileParallelism: false,
        },
      },
    ],
  },
});

function pathOf(executablePath: string | null): { executablePath?: string } {
  return executablePath === null ? {} : { executablePath };
}
