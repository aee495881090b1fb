import type { MovableLedger, MoveTarget } from './port.ts';
import { keyOf, type MovableTable, movableTables } from './tables.ts';

/** How far a move has come. */
export interface MoveProgress {
  readonly doing: 'copying' | 'comparing';
  /** The table, or `learners` while they are compared. */
  readonly what: string;
  /** Rows, or learners, there now. */
  readonly done: number;
  readonly total: number;
}

export interface CopyOptions {
  readonly onProgress: (progress: MoveProgress) => void;
  /** Rows in one transaction. */
  readonly chunk: number;
}

/**
 * Copies every row that is not there yet, in the order of the primary keys: where an earlier copy stopped, its last
 * key says. Each chunk is on disk before the next one is written.
 */
export async function copyLedger(
  source: MovableLedger,
  target: MoveTarget,
  options: CopyOptions,
): Promise<void> {
  for (const table of movableTables) await copyTable(table, source, target, options);
}

async function copyTable(
  table: MovableTable,
  source: MovableLedger,
  target: MoveTarget,
  { onProgress, chunk }: CopyOptions,
): Promise<void> {
  const total = await source.count(table);
  let done = await target.count(table);
  const tell = () => onProgress({ doing: 'copying', what: table.name, done, total });
  tell();
  let rows = await source.rowsAfter(table, await target.lastKey(table), chunk);
  for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
    // One database reads while the other one writes.
    const [next] = await Promise.all([
      source.rowsAfter(table, keyOf(table, last), chunk),
      target.add(table, rows),
    ]);
    done += rows.length;
    rows = next;
    tell();
  }
}
