/**
 * The table that a move makes in the database that it fills, and drops once all is there and proven. While it is
 * there, no process serves what is only half there.
 */
export const unfinishedMove = 'unfinished_move';

/** Why such a database is not opened. */
export const unfinishedMoveRefusal =
  'a move into it is not finished: run the same move again, which goes on where it stopped';
