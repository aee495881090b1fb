import { expect } from 'vitest';

/** What a video's picture does, measured beside the SDK and knowing nothing of it. */
export interface Movement {
  /** For how long it has moved by now, ms. */
  ms(): number;
  /** How often it began to move: at first, after a rest, after a jump. */
  starts(): number;
  /** Who makes it jump calls this before and after: what moved between two samples is lost in a jump. */
  sample(): void;
}

const SAMPLE_MS = 10;

/** Samples come late on a busy machine: so much may be missing where a movement begins and ends. */
const EDGES_MS = 40;

/** A picture that stands still for longer has to begin anew. */
const REST_MS = 200;

/** Samples the position against the wall clock, until the element is taken out of the page. */
export function measureMovement(video: HTMLVideoElement): Movement {
  let total = 0;
  let starts = 0;
  let last = performance.now();
  let movedAt = -Infinity;
  let position = video.currentTime;

  function sample() {
    const now = performance.now();
    const moved = ((video.currentTime - position) * 1_000) / video.playbackRate;
    // Anything else is a jump, or a page that stood still itself.
    if (moved > 0 && moved < now - last + 250) {
      if (last - movedAt > REST_MS) starts++;
      total += Math.min(moved, now - last);
      movedAt = now;
    } else if (moved !== 0) {
      movedAt = -Infinity;
    }
    last = now;
    position = video.currentTime;
    if (!video.isConnected) clearInterval(timer);
  }

  const timer = setInterval(sample, SAMPLE_MS);
  return {
    sample,
    starts: () => starts,
    ms() {
      sample();
      return total;
    },
  };
}

/** What is counted is what moved, but for the grace of each start (50 ms, see picture.ts). */
export function expectMoved(countedMs: number, movement: Movement): void {
  const movedMs = movement.ms();
  const starts = movement.starts();
  const told = `${countedMs} ms counted of ${movedMs}, in ${starts} starts`;
  expect(countedMs, told).toBeGreaterThanOrEqual(movedMs - EDGES_MS * starts);
  expect(countedMs, told).toBeLessThanOrEqual(movedMs + (50 + EDGES_MS) * starts);
}
