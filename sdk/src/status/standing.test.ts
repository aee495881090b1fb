import { describe, expect, test } from 'vitest';
import type { WatchError } from '../events.ts';
import type { ActiveViewing, Session } from '../protocol.ts';
import type { Watching } from '../watch.ts';
import { type Standing, standingOf, toneOf } from './standing.ts';

type Looks = Pick<Watching, 'phase' | 'state' | 'session' | 'conflict'>;

const session = (of: {
  reason?: Session['reason'];
  left?: number;
  online?: number;
  state?: Session['state'];
}) =>
  ({
    state: of.state ?? 'active',
    crediting: (of.reason ?? null) === null,
    reason: of.reason ?? null,
    courseware: { remainingSeconds: of.left ?? 60 },
    online: { remainingSeconds: of.online ?? 60 },
  }) as Session;
const looks = (phase: Looks['phase'], state: Looks['state'], more: Partial<Looks> = {}): Looks => ({
  phase,
  state,
  session: undefined,
  conflict: undefined,
  ...more,
});
const active = (state: Looks['state'], figures = session({})) => looks('active', state, { session: figures });
const conflict = { title: 'Hygiene' } as ActiveViewing;
const fails = (kind: WatchError['kind'], willRetry: boolean): WatchError => ({
  kind,
  message: '',
  willRetry,
});

describe('R13: what a learner is told', () => {
  test.each<[string, Looks, WatchError | undefined, Standing]>([
    ['before the first play', looks('waiting', 'paused'), undefined, 'ready'],
    ['at the first play', looks('opening', 'playing'), undefined, 'connecting'],
    ['while time counts', active('playing'), undefined, 'counting'],
    [
      'playing on, before the service has heard of it',
      active('playing', session({ reason: 'paused' })),
      undefined,
      'counting',
    ],
    ['in a pause', active('paused'), undefined, 'paused'],
    ['in the background', active('hidden'), undefined, 'hidden'],
    ['without activity', active('idle'), undefined, 'idle'],
    ['in a stall', active('buffering'), undefined, 'buffering'],
    ['at the end of the video', active('ended'), undefined, 'ended'],
    ['R3: while another is open', looks('refused', 'playing', { conflict }), undefined, 'refused'],
    ['R3: while asking again', looks('opening', 'playing', { conflict }), undefined, 'refused'],
    [
      'R3a: after a take-over',
      looks('over', 'playing', { session: session({ state: 'superseded' }) }),
      undefined,
      'superseded',
    ],
    [
      'after an end elsewhere',
      looks('over', 'playing', { session: session({ state: 'ended' }) }),
      undefined,
      'ended-elsewhere',
    ],
    [
      'R4: at the limit',
      active('playing', session({ reason: 'courseware-limit-reached', left: 0 })),
      undefined,
      'limit',
    ],
    [
      'R5: at the cap',
      active('playing', session({ reason: 'online-cap-reached', online: 0 })),
      undefined,
      'cap',
    ],
    ['R8: in a closed year', active('playing', session({ reason: 'year-closed' })), undefined, 'year-closed'],
    ['in an outage', active('playing'), fails('service', true), 'unreachable'],
    [
      'in an outage before there is a session',
      looks('opening', 'playing'),
      fails('service', true),
      'unanswered',
    ],
    [
      'refused, in an outage',
      looks('refused', 'playing', { conflict }),
      fails('network', true),
      'unanswered',
    ],
    ['after a sign-out', active('playing'), fails('unauthorized', true), 'signed-out'],
    ['of a refusal', looks('failed', 'playing'), fails('courseware-not-found', false), 'failed'],
    ['of a misuse', looks('stopped', 'paused'), fails('misuse', false), 'failed'],
    ['after a stop', looks('stopped', 'playing'), undefined, 'stopped'],
  ])('%s', (_, watching, error, standing) => {
    expect(standingOf({ ...watching, error })).toBe(standing);
  });

  test.each<[Standing, string]>([
    ['counting', 'good'],
    ['paused', 'rest'],
    ['ended', 'rest'],
    ['stopped', 'rest'],
    ['limit', 'warn'],
    ['cap', 'warn'],
    ['year-closed', 'warn'],
    ['idle', 'warn'],
    ['unreachable', 'warn'],
    ['refused', 'bad'],
    ['superseded', 'bad'],
    ['ended-elsewhere', 'bad'],
    ['unanswered', 'bad'],
    ['signed-out', 'bad'],
    ['failed', 'bad'],
  ])('%s feels %s', (standing, tone) => {
    expect(toneOf(standing)).toBe(tone);
  });
});
