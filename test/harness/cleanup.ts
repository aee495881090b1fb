/** Undoes what a test has started. `atOnce` is all that can still be done when the process is going away. */
export interface Leftover {
  readonly undo: () => Promise<void> | void;
  readonly atOnce: () => void;
}

const leftovers = new Set<Leftover>();

/** Remembers something to be undone, also when the test fails; answers with what forgets it again. */
export function leaveForCleanup(leftover: Leftover): () => void {
  leftovers.add(leftover);
  return () => void leftovers.delete(leftover);
}

/** Undoes everything, the newest first. The system project calls it after each test file. */
export async function cleanUp(): Promise<void> {
  const newestFirst = [...leftovers].reverse();
  leftovers.clear();
  for (const { undo } of newestFirst) await undo();
}

process.once('exit', () => {
  for (const { atOnce } of [...leftovers].reverse()) atOnce();
});
