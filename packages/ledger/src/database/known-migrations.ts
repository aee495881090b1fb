import { LedgerCannotOpen } from './problems.ts';

interface Migration {
  readonly hash: string;
}

/** Throws unless what was applied to a database is a beginning of what this release knows. */
export function requireKnown(applied: readonly string[], known: readonly Migration[], wayOut: string): void {
  applied.forEach((hash, position) => {
    if (position >= known.length)
      throw new LedgerCannotOpen('a newer release of this program has changed it; start that release');
    if (hash !== known[position]?.hash)
      throw new LedgerCannotOpen(`it was made by another version of this program; ${wayOut}`);
  });
}

/** Throws unless a database, whose tables are named, holds a whole ledger of this release. */
export function requireCurrent(applied: readonly string[], known: readonly Migration[]): void {
  if (applied.length === 0) throw new LedgerCannotOpen('there is no ledger in it');
  requireKnown(applied, known, 'start that version');
  if (applied.length < known.length)
    throw new LedgerCannotOpen('an older release of this program made it; start this release on it once');
}
