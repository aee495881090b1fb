import { instant } from '@watchledger/rules';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDeadlines, type Deadlines } from './deadlines.ts';

describe('a deadline, by Redis’s clock', () => {
  let now = instant(0);
  let deadlines: Deadlines;
  beforeEach(() => {
    now = instant(1_000_000);
    deadlines = createDeadlines(() => now, 2_000);
  });

  it('is not set before Redis’s clock is known', () => {
    expect(deadlines.next()).toBeUndefined();
  });

  it('is as far ahead as the caller waits, whatever lies between the two clocks', () => {
    deadlines.learn(5_000_000, instant(now - 10));
    expect(deadlines.next()).toBe(5_002_000);
    now = instant(now + 700);
    expect(deadlines.next()).toBe(5_002_700);
  });

  it('is not learned from an answer that was long on its way', () => {
    deadlines.learn(1_000_000, instant(now - 10));
    now = instant(now + 8_000);
    deadlines.learn(1_008_000, instant(now - 8_000));
    deadlines.learn(9_999_999, instant(now - 501));
    expect(deadlines.next()).toBe(1_010_000);
  });
});
