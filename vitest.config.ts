import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromium, find } from './test/harness/programs.ts';
import { LongestFirst } from './test/sequence/longest-first.ts';
import { type StoreKind, storeKinds, storesVariable } from './test/stores/kinds.ts';

const jsx = { runtime: 'automatic', importSource: 'hono/jsx' } as const;

/** Stores that go away or forget, as pages see it. */
const pagesThatMeetStores = 'test/browser/{faults,redis-faults.shared}.test.ts';

const suite = (areas: string) => `test/{${areas}}/**/*.test.ts`;

/**
 * What has been seen of a database and of a lock is not gone through again where the two meet: of SQLite beside Redis
 * only what both must do together.
 */
const promises: Readonly<Record<StoreKind, string[]>> = {
  'sqlite-local': [suite('viewing,attacks,faults,record,input')],
  'sqlite-redis': [suite('faults'), 'test/viewing/*.shared.test.ts', 'test/attacks/races.test.ts'],
  'postgres-redis': [suite('viewing,attacks,faults,record,input')],
};

/** What tests leave is cleared by hooks of setup files, since modules are shared by the files of a worker. */
const clearing = 'packages/ledger/src/testing/clear-after-tests.ts';

const elsewhere = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter/plain-count.ts'],
    globalSetup: 'test/harness/build.global.ts',
    sequence: { sequencer: LongestFirst },
    // One project after the other: what is measured in real time must not starve beside the rest.
    projects: [
      {
        oxc: { jsx },
        test: {
          name: 'unit',
          include: ['{packages,services}/**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, 'packages/{usecases,ledger,lock}/**'],
          testTimeout: 20_000,
          maxWorkers: 2,
          setupFiles: [clearing],
          // They share nothing but code, and a worker for each file would take longer than the tests themselves.
          isolate: false,
        },
      },
      // Each file with globals of its own: they stand in for those of a page.
      {
        test: {
          name: 'sdk',
          include: ['sdk/**/*.test.ts'],
          exclude: [...elsewhere, '**/*.browser.test.ts'],
          testTimeout: 20_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'stores',
          include: ['packages/{ledger,lock}/**/*.test.ts'],
          exclude: elsewhere,
          setupFiles: [clearing],
          testTimeout: 20_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      // The use-cases stand on the stores, and so on each kind of them.
      ...storeKinds.map((kind) => ({
        test: {
          name: `usecases-${kind}`,
          // Offices know no lock: SQLite's are those of the default stores.
          include: [
            `packages/usecases/${kind === 'sqlite-redis' ? 'src/{viewing,policy}/' : ''}**/*.test.ts`,
          ],
          exclude: elsewhere,
          setupFiles: [clearing, 'packages/usecases/src/testing/end-redis-after-tests.ts'],
          env: { [storesVariable]: kind },
          maxWorkers: 2,
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      })),
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
      // What the product promises, on each of the stores it runs on.
      ...storeKinds.map((kind) => system(kind, { groupOrder: 2, include: promises[kind], kind })),
      // In browsers, where seconds are dear: all of it on the default stores, and what meets the stores on those that
      // share nothing with the default ones.
      ...(['sqlite-local', 'postgres-redis'] as const).map((kind) =>
        system(`${kind}-pages`, {
          groupOrder: 3,
          include: kind === 'sqlite-local' ? 'test/browser/**/*.test.ts' : pagesThatMeetStores,
          kind,
          maxWorkers: 2,
        }),
      ),
      // The pages of learners, reviewers and admins, used as they use them.
      system('people', {
        groupOrder: 3,
        include: 'test/people/**/*.test.ts',
        kind: 'sqlite-local',
        maxWorkers: 2,
      }),
      system('system', {
        groupOrder: 4,
        include: ['test/{harness,operate,deploy}/**/*.test.ts', 'test/**/*.once.test.ts'],
      }),
    ],
  },
});

interface SystemTests {
  readonly groupOrder: number;
  readonly include: string | string[];
  /** The stores that the tests are for; absent: they start what they need. */
  readonly kind?: StoreKind;
  /** Files that run at once. */
  readonly maxWorkers?: number;
}

/**
 * Tests of the running product. They mostly wait for real seconds to pass, so a few files run at once; each starts
 * services, stores and browsers of its own.
 */
function system(name: string, { groupOrder, include, kind, maxWorkers = 3 }: SystemTests) {
  const others =
    kind === undefined
      ? []
      : ['**/*.once.test.ts', kind === 'sqlite-local' ? '**/*.shared.test.ts' : '**/*.local.test.ts'];
  return {
    oxc: { jsx },
    test: {
      name,
      sequence: { groupOrder },
      setupFiles: ['test/harness/setup.ts'],
      testTimeout: 120_000,
      hookTimeout: 60_000,
      maxWorkers,
      isolate: false,
      include: [include].flat(),
      exclude: ['**/node_modules/**', ...others],
      ...(kind === undefined ? {} : { env: { [storesVariable]: kind } }),
    },
  } satisfies TestProjectInlineConfiguration;
}

function pathOf(executablePath: string | null): { executablePath?: string } {
  return executablePath === null ? {} : { executablePath };
}
