import { createApi, createMeters, type UseCases } from '@watchledger/api';
import { type Courseware, type CreditsRow, Problem, readScopes } from '@watchledger/contract';
import { Registry } from 'prom-client';
import { describe, expect, it, vi } from 'vitest';
import { createClient, WatchLedgerError } from './index.ts';

const uncalled = (): never => {
  throw new Error('This use-case was not to be called.');
};

/** A client of the real routes, over fakes of what stands behind them. */
function clientOf({
  credits,
  courseware,
  scope = 'credits:read courseware:write',
}: {
  credits?: Partial<UseCases['credits']>;
  courseware?: Partial<UseCases['courseware']>;
  scope?: string;
}) {
  const tokens: string[] = [];
  const app = createApi({
    useCases: {
      viewing: {
        openSession: uncalled,
        heartbeat: uncalled,
        endSession: uncalled,
        endSessionByToken: uncalled,
        currentSession: uncalled,
      },
      credits: {
        learnerCredits: uncalled,
        pageOfCredits: uncalled,
        streamCredits: uncalled,
        learnerSessions: uncalled,
        sessionTimeline: uncalled,
        ...credits,
      },
      courseware: {
        putCourseware: uncalled,
        patchCourseware: uncalled,
        getCourseware: uncalled,
        deleteCourseware: uncalled,
        listCourseware: uncalled,
        coursewareChanges: uncalled,
        importCourseware: uncalled,
        ...courseware,
      },
      operations: { ready: uncalled },
    },
    verifyToken: (token) => {
      tokens.push(token);
      return {
        subject: 'back-office',
        learnerId: null,
        scopes: readScopes(scope),
        courseware: null,
        organisation: null,
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

const row = (learnerId: string): CreditsRow => ({
  learnerId,
  year: 2026,
  closed: false,
  online: {
    watchedSeconds: 61,
    declaredSeconds: 0,
    trainingSeconds: 0,
    seconds: 61,
    creditedSeconds: 61,
    creditedMinutes: 1,
    capSeconds: 180_000,
    remainingSeconds: 179_939,
  },
  selfStudy: { seconds: 0, creditedSeconds: 0, capSeconds: 36_000, remainingSeconds: 36_000 },
  offline: {
    externalSeconds: 0,
    trainingSeconds: 0,
    seconds: 0,
    creditedSeconds: 0,
    capSeconds: null,
    remainingSeconds: null,
  },
  total: { seconds: 61, creditedSeconds: 61, goalSeconds: 360_000, missingSeconds: 359_939 },
});

const cw: Courseware = {
  coursewareId: 'cw:1@a',
  title: 'Anatomy',
  kind: 'video',
  limitSeconds: 7200,
  mediaSeconds: null,
  creator: null,
  open: true,
  createdAt: '2026-03-01T01:00:00Z',
  updatedAt: '2026-03-01T01:00:00Z',
};
const fields = { title: 'Anatomy', kind: 'video', limitSeconds: 7200 } as const;

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return read;
}

describe('credits', () => {
  it('of one learner are read for a year', async () => {
    const learnerCredits = vi.fn(async () => ({ ...row('u@1'), courseware: [] }));
    const { client } = clientOf({ credits: { learnerCredits } });
    expect((await client.learnerCredits('u@1', { year: 2026 })).online.creditedMinutes).toBe(1);
    expect(learnerCredits).toHaveBeenCalledWith({ learnerId: 'u@1', year: 2026, allowedCourseware: null });
  });

  it('of many are read page by page, each with a fresh token and only when needed', async () => {
    const pages = [
      { items: [row('u-1'), row('u-2')], nextCursor: 'two' },
      { items: [], nextCursor: 'three' },
      { items: [row('u-3')], nextCursor: null },
    ];
    const pageOfCredits = vi.fn(async () => pages.shift() ?? uncalled());
    const { client, tokens } = clientOf({ credits: { pageOfCredits } });
    const learners: string[] = [];
    for await (const { learnerId } of client.credits({
      year: 2026,
      below: 'goal',
      learnerIds: ['u-1', 'u-2', 'u-3'],
    })) {
      if (learners.push(learnerId) === 1) expect(pageOfCredits).toHaveBeenCalledTimes(1);
    }
    expect(learners).toEqual(['u-1', 'u-2', 'u-3']);
    expect(tokens).toEqual(['token-1', 'token-2', 'token-3']);
    const search = { year: 2026, below: 'goal', learnerIds: ['u-1', 'u-2', 'u-3'], limit: 200 };
    expect(pageOfCredits.mock.calls).toEqual([
      [search],
      [{ ...search, cursor: 'two' }],
      [{ ...search, cursor: 'three' }],
    ]);
  });

  it('come with the sessions behind them', async () => {
    const learnerSessions = vi.fn(async () => ({ items: [], nextCursor: null }));
    const { client } = clientOf({ credits: { learnerSessions } });
    expect(await all(client.learnerSessions('u-1', { from: '2026-01-01' }))).toEqual([]);
    expect(learnerSessions).toHaveBeenCalledWith({ learnerId: 'u-1', from: '2026-01-01', limit: 200 });
  });
});

describe('courseware', () => {
  it('is put, and put again only where nobody was faster', async () => {
    const putCourseware = vi
      .fn<UseCases['courseware']['putCourseware']>()
      .mockResolvedValueOnce({ courseware: cw, created: true, etag: '1' })
      .mockRejectedValueOnce(new Problem('precondition-failed', 'It was changed.'));
    const { client } = clientOf({ courseware: { putCourseware } });
    const first = await client.putCourseware('cw:1@a', fields);
    expect(first).toEqual({ courseware: cw, created: true, etag: '"1"' });
    await expect(client.putCourseware('cw:1@a', fields, { ifMatch: first.etag })).rejects.toMatchObject({
      status: 412,
      code: 'precondition-failed',
      message: 'It was changed.',
    });
    expect(putCourseware).toHaveBeenLastCalledWith(
      expect.objectContaining({ id: 'cw:1@a', ifMatch: new Set(['1']) }),
    );
  });

  it('is patched, read, listed, withdrawn and imported', async () => {
    const { client } = clientOf({
      courseware: {
        patchCourseware: async () => ({ courseware: cw, etag: '2' }),
        getCourseware: async () => ({ courseware: cw, etag: '2' }),
        listCourseware: async ({ query }) => ({ items: query === 'ana' ? [cw] : [], nextCursor: null }),
        deleteCourseware: async () => undefined,
        coursewareChanges: async () => ({ items: [], nextCursor: null }),
        importCourseware: async ({ rows, dryRun }) => ({
          dryRun,
          created: rows.length,
          updated: 0,
          unchanged: 0,
        }),
      },
    });
    expect((await client.patchCourseware('cw-1', { limitSeconds: 0, reason: 'test' })).etag).toBe('"2"');
    expect((await client.getCourseware('cw-1')).courseware).toEqual(cw);
    expect(await all(client.listCourseware({ query: 'ana', kind: 'video' }))).toEqual([cw]);
    expect(await client.deleteCourseware('cw-1', { ifMatch: '"2"' })).toBeUndefined();
    expect(await all(client.coursewareChanges('cw-1'))).toEqual([]);
    const csv = 'id,title,kind,limitHours\ncw-1,Anatomy,video,2\n';
    expect(await client.importCourseware(csv, { dryRun: true })).toMatchObject({ dryRun: true, created: 1 });
    await expect(client.importCourseware(csv.replace('2', 'two'))).rejects.toMatchObject({
      problem: { errors: [{ line: 2, field: 'limitHours' }] },
    });
  });

  it.each(['', '.', '..'])('has no id that a URL would resolve: %j', async (id) => {
    await expect(clientOf({}).client.deleteCourseware(id)).rejects.toThrow(RangeError);
  });
});

describe('a refusal', () => {
  it('carries the problem and the time to wait', async () => {
    const learnerCredits = async () => {
      throw new Problem('unavailable', 'The database is away.', { retryAfterSeconds: 7 });
    };
    const refusal = await clientOf({ credits: { learnerCredits } })
      .client.learnerCredits('u-1')
      .catch((error) => error);
    expect(refusal).toBeInstanceOf(WatchLedgerError);
    expect(refusal).toMatchObject({ status: 503, code: 'unavailable', retryAfterSeconds: 7 });
    expect(refusal.problem.type).toBe('/problems/unavailable');
  });

  it('of a scope that is missing says which', async () => {
    const { client } = clientOf({ scope: 'watch' });
    await expect(client.learnerCredits('u-1')).rejects.toMatchObject({ status: 403, code: 'forbidden' });
    await expect(all(client.credits())).rejects.toMatchObject({
      problem: { requiredScope: 'credits:read' },
    });
  });

  it.each([
    ['text/html', '<h1>Bad gateway</h1>'],
    ['application/problem+json', '{'],
  ])('of a proxy in between is no problem document: %s', async (type, body) => {
    const client = createClient({
      endpoint: 'http://hours.test',
      token: 'fixed',
      fetch: async () => new Response(body, { status: 502, headers: { 'content-type': type } }),
    });
    await expect(client.getCourseware('cw-1')).rejects.toMatchObject({
      status: 502,
      code: 'unknown',
      problem: null,
    });
  });
});
