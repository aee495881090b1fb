import {
  type CoursewareId,
  createCalendar,
  defaultPolicy,
  type Instant,
  instant,
  type LearnerId,
  type SessionId,
} from '@watchledger/rules';
import { describe, expect, it } from 'vitest';
import { lockContract } from '../lock.contract.ts';
import { createLocalLock } from './lock.ts';

describe('the lock in this process', () => {
  lockContract(async ({ calendar, terms }) => {
    let now = instant(0);
    const lock = createLocalLock({ calendar, terms, clock: () => now });
    return {
      lock,
      peers: [lock],
      setNow: async (moment) => {
        now = moment;
      },
      forget: async (learnerId) => lock.forget(learnerId),
      close: lock.close,
    };
  });

  it('tells the time that it stamps', async () => {
    const lock = createLocalLock({
      calendar: createCalendar('UTC'),
      terms: defaultPolicy,
      clock: () => instant(7),
    });
    expect(await lock.now('u-1' as LearnerId)).toBe(7);
  });

  it('drops rows that hold nothing, so that memory stays bounded; those that hold stay', async () => {
    let now = instant(Date.parse('2026-03-01T12:00:00+08:00'));
    const calendar = createCalendar('Asia/Shanghai');
    const lock = createLocalLock({ calendar, terms: defaultPolicy, clock: () => now });
    const open = (name: string) =>
      lock.open(name as LearnerId, {
        sessionId: `session-of-${name}` as SessionId,
        coursewareId: 'cw-1' as CoursewareId,
        clientId: null,
        takeOver: false,
        known: null,
      });
    const report = (name: string) =>
      lock.report(name as LearnerId, {
        sessionId: `session-of-${name}` as SessionId,
        claimMs: 0,
        state: 'paused',
      });
    await open('silent');
    now = (now + defaultPolicy.lock) as Instant;
    await open('present');
    for (let index = 0; index < 10_000; index += 1) await open(`newcomer-${index}`);
    expect(await report('silent')).toEqual({ kind: 'elsewhere' });
    expect(await report('present')).toMatchObject({ kind: 'reported' });
    expect(await report('newcomer-0')).toMatchObject({ kind: 'reported' });
  });
});
