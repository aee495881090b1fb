/** Runs the work of one key one after the other, and that of different keys side by side. */
export type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * For commands that would only wait for each other in the database, each holding a connection meanwhile: however
 * many of one learner come at once, they hold one (T18).
 */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const present = before.then(work, work);
    last.set(key, present);
    const leave = () => {
      if (last.get(key) === present) last.delete(key);
    };
    present.then(leave, leave);
    return present;
  };
}
