const everyMs = 200;
/** A turn of the event loop that takes longer than this is a bad one. */
const badMs = 500;
/** One long turn is a hiccup; so many one after the other are more work than the process can do. */
const badTurns = 4;

/** Whether the event loop has been late again and again, so that everything waits. */
export interface LoopLag {
  readonly bad: boolean;
  stop(): void;
}

export function watchLoopLag(now: () => number = () => performance.now()): LoopLag {
  const judge = createLagJudge();
  let expectedAt = now() + everyMs;
  const timer = setInterval(() => {
    judge.late(now() - expectedAt);
    expectedAt = now() + everyMs;
  }, everyMs).unref();
  return {
    get bad() {
      return judge.bad;
    },
    stop: () => clearInterval(timer),
  };
}

/** Judges by how late, in milliseconds, turns of the loop came. */
export function createLagJudge() {
  let inARow = 0;
  return {
    late(ms: number): void {
      inARow = ms > badMs ? inARow + 1 : 0;
    },
    get bad(): boolean {
      return inARow >= badTurns;
    },
  };
}
