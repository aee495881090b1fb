import type { MovableRow, MovableTable } from './tables.ts';

/** Learners by their ids in byte order: those after one, up to and with another; null: without end. */
export interface LearnerRange {
  readonly after: string | null;
  readonly upTo: string | null;
}

/** A ledger as plain rows, as it is when a move or a comparison begins: it does not change meanwhile. */
export interface MovableLedger {
  /** Where it is, without secrets; it stays the same from one start to the next. */
  readonly place: string;
  count(table: MovableTable): Promise<number>;
  /** The next rows in the order of their primary key, after that key; null: from the beginning. */
  rowsAfter(table: MovableTable, key: MovableRow | null, limit: number): Promise<readonly MovableRow[]>;
  /** The id at which the next so many known learners end; null: fewer are left. */
  learnersEnd(after: string | null, count: number): Promise<string | null>;
  /** The rows of a table that belong to these learners, in the order of learner and primary key. */
  rowsOfLearners(table: MovableTable, range: LearnerRange): Promise<readonly MovableRow[]>;
  /** What of it the other kind of database could not hold, in one line; null: nothing. */
  obstacle(): Promise<string | null>;
}

/** How the target was found. */
export type Beginning = 'begun' | 'resumed';

/** A database that a move fills. */
export interface MoveTarget extends MovableLedger {
  /**
   * Marks it as being filled from there, so that nobody serves it before the move has finished.
   * Rejects with `MoveRefused` when it holds anything that is not of an unfinished move from the same place.
   */
  begin(source: string): Promise<Beginning>;
  /** The key of the last row of a table; null: it is empty. */
  lastKey(table: MovableTable): Promise<MovableRow | null>;
  /** Adds rows, all of them on disk or none; one whose key is there already stays as it is. */
  add(table: MovableTable, rows: readonly MovableRow[]): Promise<void>;
  /** Empties it again, except for the audit trail, which is only ever added to. */
  startOver(): Promise<void>;
  /** Once every row is there: counters go on above them, and the planner knows them. */
  settle(): Promise<void>;
  /** From here on it may be served. */
  finish(): Promise<void>;
}

/** Why a move does not begin; the message is one line for the operator, and names neither source nor target. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
  /** Which of the two is concerned. */
  readonly side: 'from' | 'to';

  constructor(side: 'from' | 'to', message: string) {
    super(message);
    this.side = side;
  }
}

/** Which table no statement of the program ever shortens. */
export const appendOnly = 'audit';
