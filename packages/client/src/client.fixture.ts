import { createApi, createMeters, type UseCases } from '@watchledger/api';
import { type Preview, type PreviewLine, readScopes } from '@watchledger/contract';
import { Registry } from 'prom-client';
import { createClient } from './index.ts';

export const uncalled = (): never => {
  throw new Error('This use-case was not to be called.');
};

/** Use-cases of which a test gave some; the others refuse to be called. */
const uncalledBut = <Group extends object>(given: Partial<Group> = {}): Group =>
  new Proxy(given, { get: (known, name) => Reflect.get(known, name) ?? uncalled }) as Group;

interface Fakes {
  readonly viewing?: Partial<UseCases['viewing']>;
  readonly credits?: Partial<UseCases['credits']>;
  readonly courseware?: Partial<UseCases['courseware']>;
  readonly office?: Partial<UseCases['office']>;
  /** What the token says of who calls; unless told a back end of headquarters that may do everything. */
  readonly scope?: string;
  readonly subject?: string;
  readonly organisation?: string;
}

/** The token of a learner. */
export const own = { scope: 'watch', subject: 'u-17' };

/** A client of the real routes, over fakes of what stands behind them. */
export function clientOf({ viewing, credits, courseware, office, ...caller }: Fakes) {
  const { scope = 'admin', subject = 'back-office', organisation = null } = caller;
  const tokens: string[] = [];
  const app = createApi({
    useCases: {
      viewing: uncalledBut(viewing),
      credits: uncalledBut(credits),
      courseware: uncalledBut(courseware),
      office: uncalledBut(office),
      operations: uncalledBut(),
    },
    verifyToken: (token) => {
      tokens.push(token);
      return {
        subject,
        learnerId: subject,
        scopes: readScopes(scope),
        courseware: null,
        organisation,
      };
    },
    meters: createMeters(new Registry()),
    corsOrigins: [],
    log: { warn: uncalled, error: uncalled },
  });
  let minted = 0;
  const client = createClient({
    endpoint: 'http://hours.test/',
    token: async () => `token-${++minted}`,
    fetch: async (url, init) => app.request(url, init),
  });
  return { client, tokens };
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return read;
}

const loser = { learnerId: 'u-17', year: 2026, fromSeconds: 7200, toSeconds: 60, differenceSeconds: -7140 };
const sums = { learners: 1, gaining: 0, losing: 1, gainedSeconds: 0, lostSeconds: 7140 };

/** The lines of a preview as a use-case gives them, and what a caller gets of them. */
export async function* previewed(): AsyncGenerator<PreviewLine, void, void> {
  yield loser;
  yield { end: true, count: 1, ...sums };
}
export const preview: Preview = { preview: true, ...sums, items: [loser] };
