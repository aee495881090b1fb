/** Gives up what is listened to when it has been silent for too long, however long it takes in all. */
export interface Silence {
  /** Aborted with a `TimeoutError`, as `AbortSignal.timeout` is. */
  readonly signal: AbortSignal;
  /** Waits for what comes next; between such waits no time counts, so a reader may be slow. */
  broken<Next>(next: Promise<Next>): Promise<Next>;
}

export function silenceOf(mostMs: number): Silence {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new DOMException(`Nothing came for ${mostMs} ms.`, 'TimeoutError'));

  return {
    signal: controller.signal,
    broken: async (next) => {
      const timer = setTimeout(giveUp, mostMs);
      try {
        return await next;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
