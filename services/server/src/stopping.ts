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

/** Stops when asked and then ends the process; by force when that takes too long, or when asked once more. */
export function stopOnce<Why extends string>({
  log,
  stop,
  force = () => {},
  withinMs = forcedAfterMs,
}: StopOptions<Why>): (why: Why) => void {
  let askedAt: number | null = null;
  const byForce = (because: string): never => {
    log.error(`stopped by force: ${because}`);
    force();
    process.exit(1);
  };
  return (why) => {
    const now = performance.now();
    if (askedAt !== null) {
      if (now - askedAt > sameRequestMs) byForce(`a second ${why}`);
      return;
    }
    askedAt = now;
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
}
