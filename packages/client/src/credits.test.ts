import type { CreditsRow } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf, uncalled } from './client.fixture.ts';

const sessionId = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11';

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

const none = { seconds: 0, creditedSeconds: 0 };
const noHours = { online: none, selfStudy: none, offline: none, total: none };

describe('credits', () => {
  it('of one learner are read for a year', async () => {
    const learnerCredits = vi.fn(async () => ({ ...row('u@1'), courseware: [] }));
    const { client } = clientOf({ credits: { learnerCredits } });
    expect((await client.learnerCredits('u@1', { year: 2026 })).online.creditedMinutes).toBe(1);
    expect(learnerCredits).toHaveBeenCalledWith({
      learnerId: 'u@1',
      organisationId: null,
      year: 2026,
      allowedCourseware: null,
    });
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
      organisationId: 'imr',
      learnerIds: ['u-1', 'u-2', 'u-3'],
    })) {
      if (learners.push(learnerId) === 1) expect(pageOfCredits).toHaveBeenCalledTimes(1);
    }
    expect(learners).toEqual(['u-1', 'u-2', 'u-3']);
    expect(tokens).toEqual(['token-1', 'token-2', 'token-3']);
    const learnerIds = ['u-1', 'u-2', 'u-3'];
    const search = { year: 2026, below: 'goal', organisationId: 'imr', learnerIds, limit: 200 };
    expect(pageOfCredits.mock.calls).toEqual([
      [search],
      [{ ...search, cursor: 'two' }],
      [{ ...search, cursor: 'three' }],
    ]);
  });

  it('of everybody are told in figures', async () => {
    const told = {
      year: 2026,
      organisationId: 'imr',
      asOf: '2026-03-01T01:00:00.000Z',
      goalSeconds: 360_000,
      learners: 0,
      reached: 0,
      distribution: [],
      hours: noHours,
      months: [],
      courseware: [],
      coursewareWatched: 0,
      organisations: [],
    };
    const statistics = vi.fn(async () => told);
    const { client } = clientOf({ office: { statistics } });
    expect(await client.statistics({ year: 2026, organisationId: 'imr' })).toEqual(told);
    expect(statistics).toHaveBeenCalledWith({ year: 2026, organisationId: 'imr' });
  });

  it('come with the sessions behind them', async () => {
    const learnerSessions = vi.fn(async () => ({ items: [], nextCursor: null }));
    const { client } = clientOf({ credits: { learnerSessions } });
    expect(await all(client.learnerSessions('u-1', { from: '2026-01-01' }))).toEqual([]);
    expect(learnerSessions).toHaveBeenCalledWith({
      learnerId: 'u-1',
      organisationId: null,
      from: '2026-01-01',
      limit: 200,
    });
  });

  it('come with what counted of a session', async () => {
    const timeline = {
      sessionId,
      learnerId: 'u-1',
      coursewareId: 'cw-1',
      title: 'Anatomy',
      openedAt: '2026-03-01T01:00:00Z',
      lastSeenAt: '2026-03-01T01:01:00Z',
      sealedAt: null,
      watchedMs: 60_000,
      creditedMs: 60_000,
      stretches: [],
    };
    const sessionTimeline = vi.fn(async () => timeline);
    const { client } = clientOf({ credits: { sessionTimeline } });
    expect(await client.sessionTimeline(sessionId)).toEqual(timeline);
    expect(sessionTimeline).toHaveBeenCalledWith({
      sessionId,
      ownLearnerId: null,
      organisationId: null,
      self: 'back-office',
      allowedCourseware: null,
    });
  });
});
