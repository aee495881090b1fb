import { describe, expect, it } from 'vitest';
import { defaultPolicy, PolicyError, parsePolicy, policyDifference, policyToJson } from './policy.ts';

function faultsOf(json: unknown): Record<string, string> {
  try {
    parsePolicy(json);
  } catch (error) {
    if (error instanceof PolicyError)
      return Object.fromEntries(error.faults.map((one) => [one.key, one.message]));
    throw error;
  }
  return {};
}

describe('a policy file', () => {
  it('may be empty: every absent key takes its default', () => {
    expect(parsePolicy({})).toEqual(defaultPolicy);
    expect(parsePolicy({ categories: { online: {} } })).toEqual(defaultPolicy);
  });

  it('says what it says', () => {
    const policy = parsePolicy({
      timeZone: 'America/New_York',
      categories: { online: { cap: '20s' }, 'self-study': { cap: null } },
      coursewareLimitScope: 'year',
      parallelViewing: 'take-over',
      heartbeat: '250ms',
      lock: '1s',
      slack: '100ms',
    });
    expect(policy).toMatchObject({
      timeZone: 'America/New_York',
      categories: { online: { cap: 20_000 }, 'self-study': { cap: null }, offline: { cap: null } },
      coursewareLimitScope: 'year',
      parallelViewing: 'take-over',
      heartbeat: 250,
      lock: 1_000,
      maxCatchUp: 300_000,
    });
  });

  it.each([
    ['lock shorter than two heartbeats', { lock: '39s' }, 'lock', '39s is shorter than two heartbeats (40s)'],
    ['a heartbeat too long for the lock', { heartbeat: '50s' }, 'lock', 'two heartbeats (1m40s)'],
    ['lock above one hour', { lock: '1h1ms', release: '2h' }, 'lock', 'above 1h'],
    ['slack above a heartbeat', { slack: '10h' }, 'slack', '10h is longer than a heartbeat (20s)'],
    [
      'a heartbeat too short for the slack',
      { heartbeat: '1s' },
      'slack',
      '2s is longer than a heartbeat (1s)',
    ],
    ['release above a day', { release: '24h1ms' }, 'release', 'above 24h'],
    ['no heartbeat', { heartbeat: '0s' }, 'heartbeat', 'longer than 0s'],
    ['maxCatchUp above one hour', { maxCatchUp: '1h1ms' }, 'maxCatchUp', 'above 1h'],
    ['maxCatchUp below a heartbeat', { maxCatchUp: '19s' }, 'maxCatchUp', 'shorter than a heartbeat (20s)'],
    ['release shorter than lock', { release: '89s' }, 'release', 'shorter than lock (1m30s)'],
    ['documentIdle of nothing', { documentIdle: '0ms' }, 'documentIdle', 'longer than 0s'],
    ['an unknown zone', { timeZone: 'Asia/Shanghia' }, 'timeZone', 'unknown time zone "Asia/Shanghia"'],
    ['a zone of the wrong type', { timeZone: 8 }, 'timeZone', 'not 8'],
    ['an unknown key', { heartBeat: '20s' }, 'heartBeat', 'unknown key'],
    ['an unknown category', { categories: { offfline: {} } }, 'categories.offfline', 'unknown key'],
    [
      'an unknown key of a category',
      { categories: { online: { max: '1h' } } },
      'categories.online.max',
      'unknown',
    ],
    ['a cap of the wrong type', { categories: { online: { cap: 50 } } }, 'categories.online.cap', 'not 50'],
    ['a category that is no object', { categories: { online: '50h' } }, 'categories.online', 'JSON object'],
    ['categories that are no object', { categories: [] }, 'categories', 'JSON object'],
    ['a bad duration', { goal: '100 hours' }, 'goal', '"100 hours" is not a duration'],
    ['a null duration', { goal: null }, 'goal', 'not null'],
    ['an unknown scope', { coursewareLimitScope: 'month' }, 'coursewareLimitScope', '"lifetime" or "year"'],
    ['an unknown mode', { parallelViewing: true }, 'parallelViewing', '"reject" or "take-over", not true'],
  ])('with %s is refused, naming the key', (_, json, key, message) => {
    const faults = faultsOf(json);
    expect(Object.keys(faults)).toEqual([key]);
    expect(faults[key]).toContain(message);
  });

  it('is told all its faults at once, in one message', () => {
    const json = { lock: '1s', colour: 'red', categories: { offline: { cap: '1 day' } } };
    expect(Object.keys(faultsOf(json)).sort()).toEqual(['categories.offline.cap', 'colour', 'lock']);
    expect(() => parsePolicy(json)).toThrow(/^policy: .*colour: unknown key; .*lock: 1s is shorter/);
  });

  it.each([[null], [undefined], ['{}'], [[]], [7]])('that is %j is refused as a whole', (json) => {
    expect(faultsOf(json)).toEqual({ '': 'must be a JSON object' });
  });
});

describe('a policy', () => {
  it('survives writing and reading', () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(policyToJson(defaultPolicy))))).toEqual(defaultPolicy);
  });

  it('differs from another in named keys', () => {
    const other = parsePolicy({ goal: '90h', categories: { offline: { cap: '3h' } }, release: '31m' });
    const [standard, changed] = [policyToJson(defaultPolicy), policyToJson(other)];
    expect(policyDifference(standard, changed)).toEqual(['goal', 'categories.offline.cap', 'release']);
    expect(policyDifference(changed, changed)).toEqual([]);
  });
});
