import { expect, test } from 'vitest';

type Figures = { crediting: boolean; reason: string | null; left: number; online: number | null };
type Standing = (
  watching: { phase: string; state: string; session: object | undefined },
  news: { conflict?: { coursewareId?: string }; error?: { kind: string }; over?: string },
  coursewareId?: string,
) => string;

const assets = new URL('../../assets/demo/', import.meta.url);
const { standing }: { standing: Standing } = await import(new URL('standing.js', assets).href);

const session = ({ crediting, reason, left, online }: Figures) => ({
  crediting,
  reason,
  courseware: { remainingSeconds: left },
  online: { remainingSeconds: online },
});
const earning = session({ crediting: true, reason: null, left: 60, online: 60 });
const stopped = (reason: string, left = 60, online = 60) =>
  session({ crediting: false, reason, left, online });
const active = (state: string, figures: object = earning) => ({ phase: 'active', state, session: figures });
const fresh = (phase: string, state: string) => ({ phase, state, session: undefined });

test.each([
  ['a page that has not played yet', fresh('waiting', 'paused'), {}, 'ready'],
  ['a first play', fresh('opening', 'playing'), {}, 'connecting'],
  ['playing', active('playing'), {}, 'counting'],
  ['playing on, before the server has heard of it', active('playing', stopped('paused')), {}, 'counting'],
  ['a pause', active('paused'), {}, 'paused'],
  ['the background', active('hidden'), {}, 'hidden'],
  ['no activity', active('idle'), {}, 'idle'],
  ['a stall', active('buffering'), {}, 'buffering'],
  ['the end of the video', active('ended'), {}, 'ended'],
  ['R3: other courseware', fresh('refused', 'playing'), { conflict: {} }, 'parallel-viewing'],
  ['R3: asking again while it is open', fresh('opening', 'playing'), { conflict: {} }, 'parallel-viewing'],
  [
    'R3: this courseware elsewhere',
    fresh('refused', 'playing'),
    { conflict: { coursewareId: 'this' } },
    'open-elsewhere',
  ],
  [
    'R3: courseware that it may not know',
    fresh('refused', 'playing'),
    { conflict: { coursewareId: 'that' } },
    'parallel-viewing',
  ],
  ['a take-over', fresh('over', 'playing'), { over: 'session-superseded' }, 'session-superseded'],
  ['an end elsewhere', fresh('over', 'playing'), { over: 'session-ended' }, 'session-ended'],
  [
    'R4: the limit',
    active('playing', stopped('courseware-limit-reached', 0)),
    {},
    'courseware-limit-reached',
  ],
  ['R5: the cap', active('playing', stopped('online-cap-reached', 60, 0)), {}, 'online-cap-reached'],
  ['R8: a closed year', active('playing', stopped('year-closed')), {}, 'year-closed'],
  ['an outage', active('playing'), { error: { kind: 'service' } }, 'unreachable'],
  [
    'an outage before there is a session',
    fresh('opening', 'playing'),
    { error: { kind: 'service' } },
    'unanswered',
  ],
  ['a lost sign-in', active('playing'), { error: { kind: 'unauthorized' } }, 'signed-out'],
  ['a refusal', fresh('failed', 'playing'), { error: { kind: 'courseware-not-found' } }, 'failed'],
])('R13: the panel names %s', (_, watching, news, expected) => {
  expect(standing(watching, news, 'this')).toBe(expected);
});

type WatchedTime = {
  correct(session: { sessionId: string; watchedMs: number }, measuredMs: number): void;
  shown(measuredMs: number): number;
};
const { createWatchedTime }: { createWatchedTime: (maxCatchUpMs: number) => WatchedTime } = await import(
  new URL('watched-time.js', assets).href
);

test('the shown time grows between answers, and each answer corrects it', () => {
  const time = createWatchedTime(300_000);
  expect(time.shown(4_000)).toBe(0);
  time.correct({ sessionId: 'a', watchedMs: 0 }, 1_000);
  expect(time.shown(6_000)).toBe(5_000);
  time.correct({ sessionId: 'a', watchedMs: 4_500 }, 6_000);
  expect(time.shown(6_000)).toBe(4_500);
  time.correct({ sessionId: 'b', watchedMs: 0 }, 6_000);
  expect(time.shown(7_000)).toBe(5_500);
});

test('R2: in a long outage no more is promised than the service accepts at once', () => {
  const time = createWatchedTime(300_000);
  time.correct({ sessionId: 'a', watchedMs: 10_000 }, 10_000);
  expect(time.shown(1_000_000)).toBe(310_000);
});
