import { instant } from '@watchledger/rules';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDeadlines, type Deadlines } from './deadlines.ts';

describe('a deadline, by the clock of a node of Redis', () => {
  let now = instant(0);
  let deadlines: Deadlines;
  beforeEach(() => {
    now = instant(1_000_000);
    deadlines = createDeadlines(() => now, 2_000);
  });

  it('is not set before any clock is known', () => {
    expect(deadlines.next('a', now)).toBeUndefined();
  });

  it('is as far ahead as the caller waits, whatever lies between the two clocks', () => {
    deadlines.learn('a', 5_000_000, instant(now - 10));
    expect(deadlines.next('a', now)).toBe(5_002_000);
    now = instant(now + 700);
    expect(deadlines.next('a', now)).toBe(5_002_700);
  });

  it('is not learned from an answer that was long on its way', () => {
    deadlines.learn('a', 1_000_000, instant(now - 10));
    now = instant(now + 8_000);
    deadlines.learn('a', 1_008_000, instant(now - 8_000));
    deadlines.learn('a', 9_999_999, instant(now - 501));
    expect(deadlines.next('a', now)).toBe(1_010_000);
  });

  it('is learned for each node by itself', () => {
    deadlines.learn('a', 5_000_000, now);
    deadlines.learn('b', 1_000_400, now);
    expect([deadlines.next('a', now), deadlines.next('b', now)]).toEqual([5_002_000, 1_002_400]);
  });

  it('is not that of a node that is gone', () => {
    deadlines.learn('a', 5_000_000, now);
    deadlines.learn('slow', 1_000, now);
    deadlines.forget('slow');
    expect(deadlines.next('just promoted', now)).toBe(5_002_000);
  });

  it('counts from when the command was asked for, also when it is sent again', () => {
    deadlines.learn('a', 5_000_000, now);
    expect(deadlines.next('a', instant(now - 300))).toBe(5_001_700);
  });

  it('is that of the slowest clock for a node that has not told its time', () => {
    deadlines.learn('a', 5_000_000, now);
    deadlines.learn('b', 999_800, now);
    expect(deadlines.next('just promoted', now)).toBe(1_001_800);
  });
});
