import type { Logger } from 'pino';

/** Whoever runs the service waits longer than this before it ends it by force. */
export const forcedAfterMs = 10_000;
/** Ctrl-C reaches the service from the terminal and once more through npm: that is one request, not two. */
const sameRequestMs = 1_000;

export interface StopOptions<Why> {
  readonly log: Logger;
  stop(why: Why): Promise<void>;
  /** Ends at once what would outlive this process. */
  readonly force?: () => void;
  readonly withinMs?: number;
}

export interface Stop<Why> {
  (why: Why): void;
  /** The outcome of a start; of one that was broken off, none, as the process ends anyway. */
  unless<Started>(start: Promise<Started>): Promise<Started>;
}

/**
 * Stops when asked and then ends the process; by force when that takes too long, or when asked once more for the same
 * reason: who reloads it and then stops it has not lost patience.
 */
export function stopOnce<Why extends string>({
  log,
  stop,
  force = () => {},
  withinMs = forcedAfterMs,
}: StopOptions<Why>): Stop<Why> {
  const askedAt = new Map<Why, number>();
  const byForce = (because: string): never => {
    log.error(`stopped by force: ${because}`);
    force();
    process.exit(1);
  };
  const ask = (why: Why): void => {
    const now = performance.now();
    const isFirst = askedAt.size === 0;
    const since = now - (askedAt.get(why) ?? now);
    if (since > sameRequestMs) byForce(`a second ${why}`);
    if (!askedAt.has(why)) askedAt.set(why, now);
    if (!isFirst) return;
    log.info(`${why}: finishing what is under way`);
    setTimeout(() => byForce(`not finished within ${withinMs} ms`), withinMs).unref();
    stop(why).then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        force();
        process.exit(1);
      },
    );
  };
  async function unless<Started>(start: Promise<Started>): Promise<Started> {
    const [outcome] = await Promise.allSettled([start]);
    if (askedAt.size > 0) return new Promise(() => {});
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }
  return Object.assign(ask, { unless });
}
