import { type Instant, instant } from '@watchledger/rules';

const DRIFT_MS = 1_000;

/**
 * A wall clock that small corrections do not move: it runs on a monotonic clock from an anchor, and is
 * anchored anew when it and the wall have drifted apart, as after a machine has slept.
 */
export function createAnchoredClock(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): () => Instant {
  let anchor = wall() - monotonic();
  return () => {
    const elapsed = monotonic();
    const wallNow = wall();
    if (Math.abs(anchor + elapsed - wallNow) > DRIFT_MS) anchor = wallNow - elapsed;
    return instant(Math.floor(anchor + elapsed));
  };
}
