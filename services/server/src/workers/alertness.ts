import { setTimeout as wait } from 'node:timers/promises';
import { NoAnswer } from './line.ts';

const everyMs = 5_000;
/** A worker that has said nothing for so long does no work, and keeps whoever is connected to it waiting for ever. */
const muteMs = 30_000;

export interface AlertnessOptions {
  /** Rejects with `NoAnswer`. */
  readonly ask: () => Promise<void>;
  /** Resolves when there is nobody left to be asked. */
  readonly ended: Promise<unknown>;
  readonly pause?: (ms: number) => Promise<void>;
  readonly now?: () => number;
}

/** Asks a worker now and then whether it is there; resolves with true once it has been mute for 30 s. */
export async function becomesMute({
  ask,
  ended,
  pause = (ms) => wait(ms, undefined, { ref: false }),
  now = () => performance.now(),
}: AlertnessOptions): Promise<boolean> {
  let heardAt = now();
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  for (;;) {
    await Promise.race([pause(everyMs), ended]);
    if (isOver) return false;
    try {
      await ask();
      heardAt = now();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (now() - heardAt >= muteMs) return !isOver;
    }
  }
}
