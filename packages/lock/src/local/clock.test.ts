import { describe, expect, it } from 'vitest';
import { createAnchoredClock } from './clock.ts';

function clockOf(start: { wall: number; monotonic: number }) {
  const time = { ...start };
  return {
    time,
    now: createAnchoredClock(
      () => time.wall,
      () => time.monotonic,
    ),
  };
}

describe('the clock of this process', () => {
  it('shows the wall’s time and runs with the monotonic clock, in whole milliseconds', () => {
    const { time, now } = clockOf({ wall: 1_000_000, monotonic: 500.25 });
    expect(now()).toBe(1_000_000);
    time.wall += 20_000;
    time.monotonic += 20_000.75;
    expect(now()).toBe(1_020_000);
  });

  it('is not moved by small corrections of the wall, in either direction', () => {
    const { time, now } = clockOf({ wall: 1_000_000, monotonic: 0 });
    time.wall -= 1_000;
    expect(now()).toBe(1_000_000);
    time.wall += 2_000;
    expect(now()).toBe(1_000_000);
  });

  it('follows the wall after the machine has slept', () => {
    const { time, now } = clockOf({ wall: 1_000_000, monotonic: 0 });
    time.wall += 3_600_000;
    time.monotonic += 5;
    expect(now()).toBe(4_600_000);
    time.wall += 20_000;
    time.monotonic += 20_000;
    expect(now()).toBe(4_620_000);
  });

  it('follows the wall when somebody sets it back', () => {
    const { time, now } = clockOf({ wall: 10_000_000, monotonic: 0 });
    time.wall -= 3_600_000;
    expect(now()).toBe(6_400_000);
  });
});
