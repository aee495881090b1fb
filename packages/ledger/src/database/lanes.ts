/** Where entries wait for the batch that takes them. */
export interface Lanes<Entry> {
  readonly add: (entries: readonly Entry[]) => void;
  /** Forgets what has not begun. */
  clear(): void;
}

/** Runs what waits in batches, a few of them at once; `run` never rejects. */
export function createLanes<Entry>(
  lanes: number,
  maxBatch: number,
  run: (batch: readonly Entry[]) => Promise<void>,
): Lanes<Entry> {
  let ready: Entry[] = [];
  let busy = 0;
  let scheduled = false;

  /** At the end of the turn, so that what arrives in one reading of the sockets is stored together. */
  function schedule(): void {
    if (scheduled || ready.length === 0 || busy >= lanes) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      while (busy < lanes && ready.length > 0) {
        const batch = ready.slice(0, maxBatch);
        ready = ready.slice(maxBatch);
        void keep(batch);
      }
    });
  }

  async function keep(batch: readonly Entry[]): Promise<void> {
    busy += 1;
    await run(batch);
    busy -= 1;
    schedule();
  }

  return {
    add: (entries) => {
      ready.push(...entries);
      schedule();
    },
    clear: () => {
      ready = [];
    },
  };
}
