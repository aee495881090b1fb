import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setStage } from '../testing/stage.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let warnings: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

async function playing(options: Parameters<typeof setStage>[0] = {}) {
  const stage = setStage(options);
  await stage.clock.pass(0);
  stage.source.show('playing');
  await stage.clock.pass(0);
  return stage;
}

describe('opening', () => {
  test('a page with a player that never played asks nothing of the service and holds no lock', async () => {
    const { clock, service, watching } = setStage();
    await clock.pass(10 * MINUTE);
    expect(service.heard).toEqual([]);
    expect(watching.phase).toBe('waiting');
  });

  test('the first play opens a session for this courseware and tab', async () => {
    const { service, watching, hear } = await playing();
    expect(service.opens).toEqual([{ coursewareId: 'cw-1', clientId: 'tab-1' }]);
    expect(service.heard[0]?.path).toBe('https://hours.example.org/v1/sessions');
    expect(watching.phase).toBe('active');
    expect(hear('session')).toHaveLength(1);
  });

  test('what plays while the open is under way counts from its sending', async () => {
    const { clock, service, source } = setStage();
    service.latencyMs = 800;
    await clock.pass(0);
    source.show('playing');
    await clock.pass(10_000);
    source.show('paused');
    await clock.pass(3_000);
    expect(service.heartbeats.at(-1)?.watchedMs).toBe(10_000);
    expect(service.accepted).toBe(10_000);
  });

  test('while the service is away, the open is tried again; the claim starts with the one that succeeds', async () => {
    const stage = setStage();
    const { clock, service, source, hear } = stage;
    service.fate = () => 'unavailable';
    await clock.pass(0);
    source.show('playing');
    await clock.pass(30 * SECOND);
    service.fate = () => 'answered';
    await clock.pass(MINUTE);
    const opened = service.rows[0]?.openedAt ?? Number.NaN;
    source.show('paused');
    await clock.pass(2 * SECOND);
    expect(service.heartbeats.at(-1)?.watchedMs).toBe(Math.floor(90 * SECOND - opened));
    expect(hear('error')).toEqual([{ kind: 'service', message: 'unavailable', willRetry: true }]);
    expect(hear('recovered')).toHaveLength(1);
  });

  test.each(['online', 'hinted'] as const)(
    'paused before it came back, %s opens nothing either',
    async (news) => {
      const stage = setStage();
      const { clock, service, source, watching } = stage;
      service.fate = () => 'lost';
      await clock.pass(0);
      source.show('playing');
      await clock.pass(2 * SECOND);
      source.show('paused');
      service.fate = () => 'answered';
      if (news === 'online') stage.page.online();
      else stage.hinted();
      await clock.pass(10 * MINUTE);
      expect(service.rows).toEqual([]);
      expect(watching.phase).toBe('waiting');
    },
  );

  test('paused before the service came back, it opens nothing', async () => {
    const { clock, service, source, watching } = setStage();
    service.fate = () => 'lost';
    await clock.pass(0);
    source.show('playing');
    await clock.pass(2 * SECOND);
    source.show('paused');
    service.fate = () => 'answered';
    await clock.pass(10 * MINUTE);
    expect(service.rows).toEqual([]);
    expect(watching.phase).toBe('waiting');
  });
});

describe('heartbeats', () => {
  test('go at the pace of the service and claim the whole session each time', async () => {
    const { clock, service } = await playing();
    await clock.pass(MINUTE);
    expect(service.heartbeats.map(({ watchedMs, state }) => [watchedMs, state])).toEqual([
      [20_000, 'playing'],
      [40_000, 'playing'],
      [60_000, 'playing'],
    ]);
  });

  test('carry position and rate', async () => {
    const { clock, service, source } = await playing();
    source.position = 12.5;
    await clock.pass(20 * SECOND);
    expect(service.heartbeats[0]).toMatchObject({ position: 12.5, rate: 1 });
  });

  test.each(['paused', 'hidden', 'ended', 'idle'] as const)('%s is told at once', async (state) => {
    const { clock, service, source } = await playing();
    await clock.pass(5 * SECOND);
    source.show(state);
    await clock.pass(0);
    expect(service.heartbeats).toMatchObject([{ watchedMs: 5_000, state }]);
  });

  test('a storm of pausing and playing is no flood', async () => {
    const { clock, service, source } = await playing();
    for (let i = 0; i < 50; i++) {
      source.show(i % 2 ? 'playing' : 'paused');
      await clock.pass(100);
    }
    expect(service.heartbeats.length).toBeLessThanOrEqual(6);
  });

  test('seeking about sends nothing extra', async () => {
    const { clock, service, source } = await playing();
    for (let i = 0; i < 50; i++) {
      source.show(i % 2 ? 'playing' : 'buffering');
      await clock.pass(100);
    }
    expect(service.heartbeats).toEqual([]);
  });

  test('a paused page goes on reporting, so that it keeps its lock (R3)', async () => {
    const { clock, service, source } = await playing();
    source.show('paused');
    await clock.pass(MINUTE);
    expect(service.heartbeats.length).toBeGreaterThanOrEqual(3);
    expect(service.heartbeats.at(-1)?.state).toBe('paused');
  });

  test('a slow network never has two under way, and the newest state follows the one that was', async () => {
    const { clock, service, source } = await playing();
    service.latencyMs = 6 * SECOND;
    await clock.pass(21 * SECOND);
    source.show('paused');
    await clock.pass(10 * SECOND);
    expect(service.mostInFlight).toBe(1);
    expect(service.heartbeats.map(({ state }) => state)).toEqual(['playing', 'paused']);
  });

  test('an answer that never comes is given up after ten seconds', async () => {
    const { clock, service } = await playing();
    service.latencyMs = 1e9;
    await clock.pass(29 * SECOND);
    expect(service.heartbeats).toHaveLength(1);
    service.latencyMs = 0;
    await clock.pass(3 * SECOND);
    expect(service.heartbeats).toHaveLength(2);
  });
});

describe('the pace that a service names', () => {
  test.each([
    ['nothing', undefined, 3],
    ['no number', 'soon', 3],
    ['zero', 0, 600],
    ['less than nothing', -1, 600],
    ['a short while', 500, 120],
    ['a day', 86_400_000, 0],
  ])('%s is no flood and no silence', async (_, heartbeatMs, inTheNextMinute) => {
    const { clock, service } = await playing();
    Object.assign(service.rows[0]?.session ?? {}, { heartbeatMs });
    await clock.pass(20 * SECOND);
    const before = service.heartbeats.length;
    await clock.pass(MINUTE);
    expect(service.heartbeats).toHaveLength(before + inTheNextMinute);
    if (inTheNextMinute === 0) {
      await clock.pass(10 * MINUTE);
      expect(service.heartbeats).toHaveLength(before + 1);
    }
  });
});

describe('failures lose nothing', () => {
  test('E14: three minutes without network are accepted at the next heartbeat', async () => {
    const { clock, service, page, hear } = await playing();
    await clock.pass(20 * SECOND);
    service.fate = () => 'lost';
    await clock.pass(3 * MINUTE);
    service.fate = () => 'answered';
    page.online();
    await clock.pass(0);
    expect(service.accepted).toBe(200 * SECOND);
    expect(hear('error')).toHaveLength(1);
    expect(hear('error')[0]).toMatchObject({ kind: 'network', willRetry: true });
    expect(hear('recovered')).toHaveLength(1);
    expect(warnings).toHaveBeenCalledTimes(1);
  });

  test('E9: a heartbeat whose answer was lost is counted once', async () => {
    const { clock, service } = await playing();
    service.fate = () => 'reply-lost';
    await clock.pass(20 * SECOND);
    service.fate = () => 'answered';
    await clock.pass(20 * SECOND);
    expect(service.heartbeats.length).toBeGreaterThan(1);
    expect(service.accepted).toBe(service.heartbeats.at(-1)?.watchedMs);
  });

  test('while it waits to try again, pausing and playing do not hurry it', async () => {
    const { clock, service, source } = await playing();
    service.fate = () => 'unavailable';
    service.retryAfter = '60';
    await clock.pass(20 * SECOND);
    for (let i = 0; i < 20; i++) {
      source.show(i % 2 ? 'playing' : 'paused');
      await clock.pass(2 * SECOND);
    }
    expect(service.heartbeats).toHaveLength(1);
  });

  test('Retry-After is honoured', async () => {
    const { clock, service } = await playing();
    service.fate = () => 'unavailable';
    service.retryAfter = '120';
    await clock.pass(20 * SECOND);
    await clock.pass(119 * SECOND);
    expect(service.heartbeats).toHaveLength(1);
    await clock.pass(2 * SECOND);
    expect(service.heartbeats).toHaveLength(2);
  });

  test('an answer that is not the service’s (captive portal) is taken for no answer', async () => {
    const { clock, service, hear, watching } = await playing();
    const answer = vi.spyOn(Response.prototype, 'json').mockResolvedValue({ welcome: 'to the hotel' });
    await clock.pass(20 * SECOND);
    expect(hear('error')).toMatchObject([{ kind: 'network', willRetry: true }]);
    expect(watching.phase).toBe('active');
    answer.mockRestore();
    await clock.pass(20 * SECOND);
    expect(service.accepted).toBeGreaterThanOrEqual(20 * SECOND);
  });

  test('a session that the service has forgotten is opened anew, and claims from zero', async () => {
    const { clock, service, watching } = await playing();
    await clock.pass(30 * SECOND);
    service.rows.length = 0;
    await clock.pass(10 * SECOND);
    expect(service.opens).toHaveLength(2);
    await clock.pass(20 * SECOND);
    expect(service.heartbeats.at(-1)?.watchedMs).toBe(20_000);
    expect(watching.watchedMs).toBe(60_000);
  });

  test('forgotten twice in a row, it gives up and says so', async () => {
    const { clock, service, watching, hear } = await playing();
    service.rows.length = 0;
    await clock.pass(20 * SECOND);
    service.rows.length = 0;
    await clock.pass(20 * SECOND);
    expect(hear('error')).toMatchObject([{ kind: 'session-lost', willRetry: false }]);
    expect(watching.phase).toBe('failed');
  });
});

describe('tokens', () => {
  test('an expired one is refreshed once, within the same heartbeat', async () => {
    const tokens = ['first', 'second'];
    const token = vi.fn(async () => tokens.shift() ?? 'none');
    const { clock, service, hear } = await playing({ token });
    service.expired.add('first');
    await clock.pass(20 * SECOND);
    expect(token).toHaveBeenCalledTimes(2);
    expect(service.accepted).toBe(20 * SECOND);
    expect(hear('error')).toEqual([]);
  });

  test('a refused refreshed one is retried gently, asking for another each time', async () => {
    const token = vi.fn(() => 'old');
    const { clock, service, hear } = await playing({ token });
    service.expired.add('old');
    await clock.pass(20 * SECOND);
    expect(service.heartbeats).toHaveLength(2);
    expect(hear('error')).toMatchObject([{ kind: 'unauthorized', willRetry: true }]);
    service.expired.clear();
    await clock.pass(2 * SECOND);
    expect(hear('recovered')).toHaveLength(1);
  });

  test('is asked for ahead of the first play, and again if there was none then', async () => {
    const tokens = ['', 'good'];
    const { clock, service, source } = setStage({ token: () => tokens.shift() ?? 'none left' });
    await clock.pass(MINUTE);
    expect(tokens).toEqual(['good']);
    source.show('playing');
    await clock.pass(0);
    expect(service.heard.map(({ bearer }) => bearer)).toEqual(['Bearer good']);
  });

  test('a fixed one that has expired ends the trying, yet the page’s end still brings what was watched', async () => {
    const { clock, service, hear, page } = await playing({ token: 'fixed' });
    service.expired.add('fixed');
    await clock.pass(30 * SECOND);
    expect(hear('error')).toMatchObject([{ kind: 'unauthorized', willRetry: false }]);
    expect(service.heartbeats).toHaveLength(1);
    page.leave();
    await clock.pass(0);
    expect(service.accepted).toBe(30 * SECOND);
  });

  test.each([
    ['null', null],
    ['nothing', undefined],
    ['an empty text', ''],
    ['a sentence', 'please sign in'],
    ['a page', '<html>\n</html>'],
    ['a text that no header can carry', '令牌'],
    ['an object', { token: 'good' }],
  ])('%s is no token: nothing is sent, it says so, and asks again', async (_, given) => {
    // One ahead of the play, one at it.
    const tokens: unknown[] = [given, given, given];
    const token = vi.fn(() => (tokens.length > 0 ? tokens.shift() : 'good\n') as string);
    const { clock, service, hear, watching } = await playing({ token });
    expect(hear('error')).toMatchObject([{ kind: 'unauthorized', willRetry: true }]);
    expect(token).toHaveBeenCalledTimes(2);
    await clock.pass(10 * SECOND);
    expect(token).toHaveBeenCalledTimes(4);
    expect(service.heard.map(({ bearer }) => bearer)).toEqual(['Bearer good']);
    expect(hear('error')).toHaveLength(1);
    expect(hear('recovered')).toHaveLength(1);
    expect(watching.phase).toBe('active');
  });

  test('one that may not watch is not kept: told to try again, the page is asked for another', async () => {
    const tokens = ['of another learner', 'of another page', 'good'].map((text) => text.replaceAll(' ', '-'));
    const token = vi.fn(() => tokens.shift() ?? '');
    const stage = setStage({ token });
    const { clock, service, source, watching, hear } = stage;
    service.forbidden.add('of-another-learner').add('of-another-page');
    await clock.pass(0);
    source.show('playing');
    await clock.pass(MINUTE);
    expect(hear('error')).toMatchObject([{ kind: 'forbidden', willRetry: false }]);
    watching.retry();
    await clock.pass(0);
    watching.retry();
    await clock.pass(0);
    expect(watching.phase).toBe('active');
    expect(token).toHaveBeenCalledTimes(3);
  });

  test('told to try again, it asks for another even where the last one was not refused', async () => {
    const token = vi.fn(() => 'good');
    const { clock, service, watching } = await playing({ token });
    service.fate = () => 'unavailable';
    await clock.pass(20 * SECOND);
    watching.retry();
    await clock.pass(0);
    expect(token).toHaveBeenCalledTimes(2);
  });

  test('a token function that throws or hangs is an outage, not an exception', async () => {
    const thrown = await playing({
      token: () => {
        throw new Error('not logged in');
      },
    });
    expect(thrown.hear('error')).toMatchObject([
      { kind: 'network', message: 'Error: not logged in', willRetry: true },
    ]);
    const hanging = await playing({ token: () => new Promise<string>(() => {}) });
    await hanging.clock.pass(10 * SECOND);
    expect(hanging.hear('error')).toMatchObject([{ kind: 'network', willRetry: true }]);
  });
});

describe('one courseware at a time (R3)', () => {
  async function refused() {
    const stage = setStage();
    stage.service.openElsewhere();
    await stage.clock.pass(0);
    stage.source.show('playing');
    await stage.clock.pass(0);
    return stage;
  }

  test('E3: refused, it names the other viewing and counts nothing', async () => {
    const { clock, service, watching, hear } = await refused();
    await clock.pass(10 * SECOND);
    expect(hear('conflict')[0]).toMatchObject({ title: 'Hygiene', canTakeOver: true });
    expect(watching.phase).toBe('refused');
    expect(watching.watchedMs).toBe(0);
    expect(service.heartbeats).toEqual([]);
  });

  test('E3: when the other one has ended, it gets in by itself and claims from there', async () => {
    const { clock, service, source } = await refused();
    await clock.pass(10 * SECOND);
    service.endElsewhere();
    await clock.pass(20 * SECOND);
    const opened = service.rows[1]?.openedAt ?? Number.NaN;
    source.show('paused');
    await clock.pass(2 * SECOND);
    expect(service.heartbeats.at(-1)?.watchedMs).toBe(Math.floor(30 * SECOND - opened));
  });

  test('while refused it asks at a gentle pace, and not at all when paused', async () => {
    const { clock, service, source } = await refused();
    await clock.pass(MINUTE);
    expect(service.opens.length).toBeLessThanOrEqual(5);
    source.show('paused');
    const asked = service.opens.length;
    await clock.pass(10 * MINUTE);
    expect(service.opens).toHaveLength(asked);
  });

  test('a refusal is an answer: what failed before is over', async () => {
    const { clock, service, source, hear, watching } = setStage();
    service.openElsewhere();
    service.fate = () => 'unavailable';
    await clock.pass(0);
    source.show('playing');
    await clock.pass(SECOND);
    expect(watching.error).toMatchObject({ kind: 'service' });
    service.fate = () => 'answered';
    await clock.pass(5 * SECOND);
    expect(watching.phase).toBe('refused');
    expect(watching.error).toBeUndefined();
    expect(hear('recovered')).toHaveLength(1);
  });

  test('however often it asks, it tells of the same conflict once', async () => {
    const { clock, service, source, watching, hear } = await refused();
    await clock.pass(80 * SECOND);
    source.show('paused');
    source.show('playing');
    await clock.pass(0);
    expect(service.opens.length).toBeGreaterThan(5);
    expect(hear('conflict')).toHaveLength(1);
    watching.retry();
    await clock.pass(0);
    expect(hear('conflict')).toHaveLength(2);
  });

  test('it tells of another holder, and of a take-over that is allowed now', async () => {
    const { clock, service, hear } = await refused();
    service.canTakeOver = false;
    await clock.pass(MINUTE);
    service.openElsewhere();
    await clock.pass(MINUTE);
    expect(hear('conflict').map(({ canTakeOver }) => canTakeOver)).toEqual([true, false, false]);
    expect(new Set(hear('conflict').map(({ openedAt }) => openedAt)).size).toBe(2);
  });

  test('what stands in the way can be asked for, up to date, for as long as it does', async () => {
    const { clock, service, watching, hear } = await refused();
    const until = new Date(2 * MINUTE).toISOString();
    Object.assign(service.rows[0]?.session ?? {}, { expiresAt: until });
    await clock.pass(20 * SECOND);
    expect(watching.conflict).toMatchObject({ title: 'Hygiene', expiresAt: until });
    expect(hear('conflict')).toHaveLength(1);
    service.endElsewhere();
    await clock.pass(20 * SECOND);
    expect(watching.phase).toBe('active');
    expect(watching.conflict).toBeUndefined();
  });

  test('told to, it asks again at once', async () => {
    const { clock, service, watching } = await refused();
    service.endElsewhere();
    watching.retry();
    await clock.pass(0);
    expect(watching.phase).toBe('active');
  });

  test('told to, it takes over', async () => {
    const { clock, service, watching } = await refused();
    watching.takeOver();
    await clock.pass(0);
    expect(service.opens.at(-1)).toMatchObject({ takeOver: true });
    expect(watching.phase).toBe('active');
  });

  test('a take-over is asked for once: what is lost later is not taken back unasked', async () => {
    const { clock, service, source, watching } = await refused();
    watching.takeOver();
    await clock.pass(0);
    service.openElsewhere();
    await clock.pass(20 * SECOND);
    source.show('paused');
    source.show('playing');
    await clock.pass(0);
    expect(service.opens.at(-1)).not.toHaveProperty('takeOver');
    expect(watching.phase).toBe('refused');
  });

  test('a take-over asked for while nothing is open here is not kept for the next play', async () => {
    const { clock, service, source, watching } = setStage();
    service.openElsewhere();
    await clock.pass(0);
    watching.takeOver();
    source.show('playing');
    await clock.pass(0);
    expect(service.opens).toHaveLength(1);
    expect(service.opens[0]).not.toHaveProperty('takeOver');
    expect(watching.phase).toBe('refused');
  });

  test('a take-over asked for while it just asks again follows at once', async () => {
    const { clock, service, watching } = await refused();
    service.latencyMs = 400;
    watching.retry();
    await clock.pass(100);
    watching.takeOver();
    await clock.pass(SECOND);
    expect(service.opens.at(-1)).toMatchObject({ takeOver: true });
    expect(watching.phase).toBe('active');
  });

  test('a take-over that could not be sent is forgotten when the learner rests', async () => {
    const { clock, service, source, watching } = await refused();
    service.fate = () => 'lost';
    watching.takeOver();
    await clock.pass(0);
    source.show('paused');
    await clock.pass(10 * SECOND);
    expect(watching.phase).toBe('waiting');
    service.fate = () => 'answered';
    source.show('playing');
    await clock.pass(0);
    expect(service.opens.at(-1)).not.toHaveProperty('takeOver');
    expect(watching.phase).toBe('refused');
  });

  test('superseded, it says so once and does not fight while it plays on', async () => {
    const { clock, service, watching, hear } = await playing();
    await clock.pass(10 * SECOND);
    service.openElsewhere();
    await clock.pass(10 * MINUTE);
    expect(hear('superseded')).toHaveLength(1);
    expect(watching.phase).toBe('over');
    expect(service.opens).toHaveLength(1);
    expect(watching.watchedMs).toBe(20_000);
  });

  test('superseded while paused and not yet aware of it: the next play opens again', async () => {
    const { clock, service, source, watching, hear } = await playing();
    await clock.pass(10 * SECOND);
    source.show('paused');
    await clock.pass(2 * SECOND);
    service.openElsewhere();
    service.endElsewhere();
    source.show('playing');
    await clock.pass(0);
    expect(watching.phase).toBe('active');
    expect(hear('superseded')).toEqual([]);
    await clock.pass(20 * SECOND);
    expect(service.heartbeats.at(-1)?.watchedMs).toBe(20_000);
  });

  test('a stall is no new play: superseded stays superseded', async () => {
    const { clock, service, source } = await playing();
    service.openElsewhere();
    await clock.pass(20 * SECOND);
    source.show('buffering');
    source.show('playing');
    await clock.pass(MINUTE);
    expect(service.opens).toHaveLength(1);
  });

  test('ended elsewhere, it says so and opens anew at the next play', async () => {
    const { clock, service, source, hear, watching } = await playing();
    service.endElsewhere();
    await clock.pass(5 * MINUTE);
    expect(hear('ended')).toHaveLength(1);
    expect(service.opens).toHaveLength(1);
    source.show('paused');
    source.show('playing');
    await clock.pass(0);
    expect(watching.phase).toBe('active');
  });
});

describe('bounds (R4, R5)', () => {
  test.each([
    ['limit', 'courseware-limit-reached'],
    ['cap', 'online-cap-reached'],
  ] as const)('%s is told once, also when a pause lies between', async (event, reason) => {
    const { clock, service, hear, watching } = await playing();
    const session = service.rows[0]?.session;
    if (!session) throw new Error('not opened');
    Object.assign(session, { crediting: false, reason });
    await clock.pass(20 * SECOND);
    Object.assign(session, { reason: 'paused' });
    await clock.pass(20 * SECOND);
    Object.assign(session, { reason });
    await clock.pass(20 * SECOND);
    expect(hear(event)).toHaveLength(1);
    expect(watching.phase).toBe('active');
    expect(watching.session?.reason).toBe(reason);
  });
});

describe('the page leaves', () => {
  test('the end carries the last claim, without a bearer', async () => {
    const { clock, service, page } = await playing();
    await clock.pass(33 * SECOND);
    page.leave();
    await clock.pass(0);
    expect(service.ends).toEqual([{ endToken: 'end-s1', watchedMs: 33_000 }]);
    expect(service.heard.at(-1)?.bearer).toBeNull();
    expect(service.accepted).toBe(33 * SECOND);
    expect(service.heartbeats).toHaveLength(1);
  });

  test('back from the back-forward cache it opens a new session by itself, and the time away is not counted', async () => {
    const { clock, service, page, source, watching } = await playing();
    await clock.pass(10 * SECOND);
    page.leave();
    await clock.pass(9 * SECOND);
    page.restore();
    await clock.pass(5 * SECOND);
    source.show('paused');
    await clock.pass(2 * SECOND);
    expect(service.opens).toHaveLength(2);
    expect(service.heartbeats.at(-1)?.watchedMs).toBe(5_000);
    expect(watching.watchedMs).toBe(15_000);
  });

  test('an open that is answered after the page has left is ended at once', async () => {
    const stage = setStage();
    const { clock, service, source } = stage;
    service.latencyMs = 400;
    await clock.pass(0);
    source.show('playing');
    await clock.pass(100);
    stage.page.leave();
    await clock.pass(2 * SECOND);
    expect(service.rows).toMatchObject([{ session: { state: 'ended', watchedMs: 0 } }]);
  });

  test('an open still waiting for its token when the page left is never sent, so it cannot replace its successor', async () => {
    const tokens: ((token: string) => void)[] = [];
    const stage = await playing({ token: () => new Promise<string>((resolve) => tokens.push(resolve)) });
    const { clock, service, page } = stage;
    page.leave();
    page.restore();
    await clock.pass(0);
    tokens[1]?.('second');
    await clock.pass(0);
    tokens[0]?.('first');
    await clock.pass(20 * SECOND);
    expect(service.opens).toHaveLength(1);
    expect(service.accepted).toBe(20 * SECOND);
  });

  test('frozen, it reports and stops counting; resumed, it reports at once and goes on', async () => {
    const { clock, service, page } = await playing();
    await clock.pass(5 * SECOND);
    page.freeze();
    await clock.pass(0);
    expect(service.heartbeats).toMatchObject([{ watchedMs: 5_000, state: 'hidden' }]);
    await clock.pass(8 * SECOND);
    page.resume();
    await clock.pass(0);
    expect(service.heartbeats.at(-1)).toMatchObject({ watchedMs: 5_000, state: 'playing' });
    await clock.pass(20 * SECOND);
    expect(service.heartbeats.at(-1)).toMatchObject({ watchedMs: 25_000 });
  });
});

describe('stop', () => {
  test('ends the session with the last claim, tells the final figures, and is silent ever after', async () => {
    const { clock, service, source, watching, hear } = await playing();
    await clock.pass(7 * SECOND);
    await watching.stop();
    expect(service.ends).toEqual([{ endToken: 'end-s1', watchedMs: 7_000 }]);
    expect(hear('session').at(-1)).toMatchObject({ state: 'ended', watchedMs: 7_000 });
    const heard = service.heard.length;
    source.show('playing');
    watching.retry();
    watching.takeOver();
    await clock.pass(5 * MINUTE);
    expect(service.heard).toHaveLength(heard);
  });

  test('keeps the last state, and tells of no other', async () => {
    const { clock, source, watching, hear } = await playing();
    await clock.pass(7 * SECOND);
    await watching.stop();
    source.show('paused');
    await clock.pass(MINUTE);
    expect(hear('state')).toEqual(['playing']);
    expect(watching.state).toBe('playing');
    expect(watching.watchedMs).toBe(7_000);
  });

  test.each([
    ['gives no answer', { latencyMs: 1e9 }, 91],
    ['cannot be reached', { fate: () => 'lost' as const }, 31],
  ])('does not wait for ever on a service that %s', async (_, trouble, mostSeconds) => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { clock, service, watching } = await playing();
    await clock.pass(7 * SECOND);
    Object.assign(service, trouble);
    let stopped = false;
    watching.stop().then(() => {
      stopped = true;
    });
    await clock.pass((mostSeconds - 1) * SECOND);
    expect(stopped).toBe(false);
    await clock.pass(SECOND);
    expect(stopped).toBe(true);
    expect(service.ends).toHaveLength(6);
    await clock.pass(10 * MINUTE);
    expect(service.ends).toHaveLength(6);
  });

  test('delivers the last claim although the service is just restarting', async () => {
    const { clock, service, watching } = await playing();
    await clock.pass(7 * SECOND);
    service.fate = () => 'unavailable';
    const stopped = watching.stop();
    await clock.pass(2 * SECOND);
    service.fate = () => 'answered';
    await clock.pass(10 * SECOND);
    await stopped;
    expect(service.accepted).toBe(7_000);
  });
});

test('an endpoint may be a URL', async () => {
  const { service } = await playing({ endpoint: new URL('https://hours.example.org/learn/') });
  expect(service.heard[0]?.path).toBe('https://hours.example.org/learn/v1/sessions');
});

describe('pages of one browser hint to each other, and the service decides', () => {
  test('a refused page asks again as soon as another lets go', async () => {
    const stage = setStage();
    const { clock, service, source, watching } = stage;
    service.openElsewhere();
    await clock.pass(0);
    source.show('playing');
    await clock.pass(SECOND);
    expect(watching.phase).toBe('refused');
    service.endElsewhere();
    stage.hinted();
    await clock.pass(SECOND);
    expect(watching.phase).toBe('active');
  });

  test('a page whose place was taken hears of it at once', async () => {
    const stage = await playing();
    stage.service.openElsewhere();
    stage.hinted();
    await stage.clock.pass(0);
    expect(stage.watching.phase).toBe('over');
    expect(stage.hear('superseded')).toHaveLength(1);
  });

  test('a hint alone changes nothing, and a refused page that rests stays quiet', async () => {
    const stage = setStage();
    const { clock, service, source, watching } = stage;
    service.openElsewhere();
    await clock.pass(0);
    source.show('playing');
    await clock.pass(0);
    source.show('paused');
    await clock.pass(SECOND);
    const asked = service.opens.length;
    stage.hinted();
    await clock.pass(MINUTE);
    expect(service.opens).toHaveLength(asked);
    expect(watching.phase).toBe('refused');
  });

  test('a service that asked to be left alone is not asked the sooner', async () => {
    const stage = await playing();
    const { clock, service } = stage;
    service.fate = () => 'unavailable';
    service.retryAfter = '120';
    await clock.pass(25 * SECOND);
    const asked = service.heard.length;
    for (let n = 0; n < 20; n++) {
      stage.hinted();
      await clock.pass(100);
    }
    expect(service.heard).toHaveLength(asked);
  });

  test('a page that leaves without a viewing tells nobody', async () => {
    const stage = setStage();
    await stage.clock.pass(0);
    stage.page.leave();
    expect(stage.hints).toBe(0);
  });

  test('they are told when a viewing opens, and when it has ended', async () => {
    const stage = await playing();
    expect(stage.hints).toBe(1);
    await stage.watching.stop();
    expect(stage.hints).toBe(2);
  });

  test('and when the page leaves', async () => {
    const stage = await playing();
    stage.page.leave();
    expect(stage.hints).toBe(2);
  });
});

describe('misuse is told, never thrown', () => {
  test('unknown courseware ends the trying', async () => {
    const { clock, service, watching, hear } = await playing({ coursewareId: 'none' });
    await clock.pass(10 * MINUTE);
    expect(hear('error')).toMatchObject([{ kind: 'courseware-not-found', willRetry: false }]);
    expect(service.opens).toHaveLength(1);
    expect(watching.phase).toBe('failed');
  });

  test.each([
    [{ token: '' }, /token/],
    [{ token: 'two words' }, /token/],
    [{ token: null as unknown as string }, /token/],
    [{ token: 7 as unknown as string }, /token/],
    [{ endpoint: '' }, /endpoint/],
    [{ endpoint: 8787 as unknown as string }, /endpoint/],
    [{ endpoint: Symbol('here') as unknown as string }, /endpoint/],
    [{ endpoint: Object.create(null) as string }, /endpoint/],
    [{ coursewareId: '' }, /coursewareId/],
    [{ coursewareId: 17 as unknown as string }, /coursewareId/],
  ])('%o', async (options, message) => {
    const { clock, service, source, watching, hear } = setStage(options);
    await clock.pass(0);
    source.show('playing');
    watching.retry();
    await clock.pass(MINUTE);
    expect(hear('error')).toMatchObject([
      { kind: 'misuse', willRetry: false, message: expect.stringMatching(message) },
    ]);
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(service.heard).toEqual([]);
    expect(watching.watchedMs).toBe(0);
  });
});
