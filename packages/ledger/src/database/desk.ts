import type { Place, Work } from './work.ts';

/**
 * Where the work of offices is done: people, activities, trainings, years. Heartbeats and credits have their own,
 * faster ways. Methods reject with `LedgerUnavailable` when the store is away.
 */
export interface Desk {
  /** Runs a whole command, one at a time: all of it is on disk, or none. It may run more than once. */
  command<Result>(work: (place: Place) => Work<Result>): Promise<Result>;
  /** Answers from one snapshot, in which every command that was answered is seen. */
  read<Result>(work: (place: Place) => Work<Result>): Promise<Result>;
  /** Reads one after the other from one snapshot, at a connection of its own. `work` may run more than once. */
  snapshot<Result>(work: (past: Pick<Desk, 'read'>) => Promise<Result>): Promise<Result>;
}
