/** Undoes what a test has started. `atOnce` is all that can still be done when the process is going away. */
export interface Leftover {
  readonly undo: () => Promise<void> | void;
  readonly atOnce: () => void;
  /** For all tests of this process, and not only for those of one file. */
  readonly shared?: boolean;
}

const leftovers = new Set<Leftover>();

/** Remembers something to be undone, also when the test fails; answers with what forgets it again. */
export function leaveForCleanup(leftover: Leftover): () => void {
  leftovers.add(leftover);
  return () => void leftovers.delete(leftover);
}

/** Undoes everything but what is shared. */
export const cleanUp = (): Promise<void> => undoAll(({ shared = false }) => !shared);

/** Undoes everything, at the end of a program. */
export const cleanUpAll = (): Promise<void> => undoAll(() => true);

/** The newest first, and all of it even if something fails. */
async function undoAll(wanted: (leftover: Leftover) => boolean): Promise<void> {
  const failures: unknown[] = [];
  for (const leftover of [...leftovers].reverse().filter(wanted)) {
    try {
      await leftover.undo();
    } catch (error) {
      failures.push(error);
    }
    leftovers.delete(leftover);
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be undone');
}

function undoAtOnce(): void {
  for (const { atOnce } of [...leftovers].reverse()) atOnce();
  leftovers.clear();
}

process.once('exit', undoAtOnce);
// By an exit, as which others clean up too: a browser is ended with its folder.
for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => process.exit(code));
}
