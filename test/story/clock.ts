import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../harness/index.ts';

/** The wall clock of the story's service: it runs as any clock does, and the story moves it on. */
export interface StoryClock {
  /** What a service is started with to go by this clock. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, as the service's machine tells them. */
  now(): number;
  /** As a calendar in Shanghai shows it: `2016-05-09 10:00`. */
  shown(): string;
  /** Moves it on to a moment. */
  setTo(moment: string): void;
  /** Lets so much time pass at once. */
  pass(ms: number): void;
}

export function startClock(moment: string): StoryClock {
  const file = join(temporaryFolder(), 'clock-shift');
  let shiftMs = Number.NEGATIVE_INFINITY;
  const now = () => Date.now() + shiftMs;

  function shiftTo(ms: number): void {
    if (ms < shiftMs) throw new Error('a clock is not set back in this story');
    shiftMs = ms;
    // Whoever reads it finds the one or the other, and never half of it.
    writeFileSync(`${file}.next`, String(ms));
    renameSync(`${file}.next`, file);
  }

  const setTo = (wanted: string) => shiftTo(Date.parse(wanted) - Date.now());
  setTo(moment);
  return {
    env: {
      NODE_OPTIONS: `--import=${new URL('../attacks/shifted-clock.ts', import.meta.url)}`,
      CLOCK_SHIFT_FILE: file,
    },
    now,
    shown: () => inShanghai(now()),
    setTo,
    pass: (ms) => shiftTo(shiftMs + ms),
  };
}

/** A moment as a calendar and a clock in Shanghai show it: `2016-05-09 10:00`. */
export const inShanghai = (moment: number | string): string =>
  new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
