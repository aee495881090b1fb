import { createHash, type Hash, hash } from 'node:crypto';
import type { MoveProgress } from './copy.ts';
import { factsOfLearners, type LearnerFacts, tablesOfLearners } from './learner-facts.ts';
import { type Pair, pairs } from './pairs.ts';
import type { MovableLedger } from './port.ts';
import {
  compareBytes,
  compareKeys,
  keyOf,
  type MovableRow,
  type MovableTable,
  movableTables,
} from './tables.ts';

/** What two ledgers hold, both read from their databases, and whether it is the same. */
export interface Proof {
  readonly tables: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  /** Learners, and days of their sessions, whose facts were compared. */
  readonly learners: number;
  readonly sessionDays: number;
  /** SHA-256 of everything. */
  readonly checksums: { readonly from: string; readonly to: string };
  readonly equal: boolean;
  /** How many learners, or rows that belong to no learner, differ. */
  readonly differences: number;
  /** The first of them, each in one line. */
  readonly first: readonly string[];
}

export interface ProofOptions {
  readonly onProgress: (progress: MoveProgress) => void;
  /** Rows that are read at once. */
  readonly chunk: number;
}

const told = 10;

/** Compares two ledgers learner by learner, and all the rest row by row. */
export async function proveEqual(
  from: MovableLedger,
  to: MovableLedger,
  options: ProofOptions,
): Promise<Proof> {
  const account = new Account();
  const tables = [];
  for (const table of movableTables) {
    const counts = { from: await from.count(table), to: await to.count(table) };
    tables.push({ name: table.name, ...counts });
    account.counted(table.name, counts);
  }
  for (const table of movableTables) {
    if (!tablesOfLearners.includes(table)) await compareRows(table, from, to, account, options.chunk);
  }
  const seen = await compareLearners(from, to, account, options.onProgress, tables);
  return { tables, ...seen, ...account.result() };
}

async function compareRows(
  table: MovableTable,
  from: MovableLedger,
  to: MovableLedger,
  account: Account,
  chunk: number,
): Promise<void> {
  const compare = (left: MovableRow, right: MovableRow) =>
    compareKeys(table, keyOf(table, left), keyOf(table, right));
  for await (const pair of pairs(rowsOf(table, from, chunk), rowsOf(table, to, chunk), compare)) {
    const same = account.met(checksumOf(table, pair.from), checksumOf(table, pair.to));
    const row = pair.from ?? pair.to;
    if (!same && row !== null) account.differs(nameOf(table, row), sideOf(pair) ?? 'differs');
  }
}

async function* rowsOf(
  table: MovableTable,
  ledger: MovableLedger,
  chunk: number,
): AsyncGenerator<readonly MovableRow[]> {
  let rows = await ledger.rowsAfter(table, null, chunk);
  for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
    yield rows;
    rows = await ledger.rowsAfter(table, keyOf(table, last), chunk);
  }
}

const checksumOf = ({ name }: MovableTable, row: MovableRow | null) =>
  row === null ? null : hash('sha256', JSON.stringify([name, row]));

async function compareLearners(
  from: MovableLedger,
  to: MovableLedger,
  account: Account,
  onProgress: ProofOptions['onProgress'],
  tables: Proof['tables'],
): Promise<{ learners: number; sessionDays: number }> {
  const total = tables.find(({ name }) => name === 'learners')?.from ?? 0;
  const days = { from: 0, to: 0 };
  let learners = 0;
  const compare = (left: LearnerFacts, right: LearnerFacts) => compareBytes(left.learnerId, right.learnerId);
  for await (const pair of pairs(factsOfLearners(from), factsOfLearners(to), compare)) {
    const facts = pair.from ?? pair.to;
    if (facts === null) continue;
    if (learners % every === 0) onProgress({ doing: 'comparing', what: 'learners', done: learners, total });
    learners += 1;
    days.from += pair.from?.sessionDays ?? 0;
    days.to += pair.to?.sessionDays ?? 0;
    if (!account.met(pair.from?.checksum ?? null, pair.to?.checksum ?? null))
      account.differs(`learner ${JSON.stringify(facts.learnerId)}`, differenceOf(pair));
  }
  onProgress({ doing: 'comparing', what: 'learners', done: learners, total });
  for (const side of ['from', 'to'] as const) {
    const stray = sessionDaysIn(tables, side) - days[side];
    if (stray !== 0) account.stray(side, stray);
  }
  return { learners, sessionDays: days.from };
}

const every = 100;

function sessionDaysIn(tables: Proof['tables'], side: 'from' | 'to'): number {
  const counted = tables.filter(({ name }) => name === 'sessions' || name === 'session_days');
  return counted.reduce((sum, counts) => sum + counts[side], 0);
}

function sideOf({ from, to }: Pair<unknown>): string | null {
  if (to === null) return 'is in the source alone';
  return from === null ? 'is in the target alone' : null;
}

function differenceOf({ from, to }: Pair<LearnerFacts>): string {
  if (from === null || to === null) return sideOf({ from, to }) ?? '';
  const kinds = [
    ['sessions', from.sessions, to.sessions],
    ['session-days', from.sessionDays, to.sessionDays],
  ] as const;
  const counts = kinds
    .filter(([, a, b]) => a !== b)
    .map(([what, a, b]) => `${a} ${what} in the source and ${b} in the target`);
  return counts.length === 0 ? 'has facts that differ' : `has ${counts.join(', ')}`;
}

function nameOf(table: MovableTable, row: MovableRow): string {
  return `${table.name} ${keyOf(table, row).join(' ')}`;
}

/** What was met on both sides, in order, and what was not the same. */
class Account {
  readonly #from: Hash = createHash('sha256');
  readonly #to: Hash = createHash('sha256');
  readonly #first: string[] = [];
  #differences = 0;

  /** Whether both are there and the same. */
  met(from: string | null, to: string | null): boolean {
    if (from !== null) this.#from.update(from);
    if (to !== null) this.#to.update(to);
    return from === to;
  }

  counted(name: string, { from, to }: { readonly from: number; readonly to: number }): void {
    this.#from.update(`${name} ${from}\n`);
    this.#to.update(`${name} ${to}\n`);
  }

  differs(what: string, how: string): void {
    this.#differences += 1;
    if (this.#first.length < told) this.#first.push(`${what} ${how}`);
  }

  /** Days whose session is not there: whose they are, nobody can say, so nothing is proven of them. */
  stray(side: 'from' | 'to', count: number): void {
    (side === 'from' ? this.#from : this.#to).update(`stray ${side} ${count}\n`);
    this.differs(
      'session_days',
      `has ${count} of no session in the ${side === 'from' ? 'source' : 'target'}`,
    );
  }

  result(): Pick<Proof, 'checksums' | 'equal' | 'differences' | 'first'> {
    const checksums = { from: this.#from.digest('hex'), to: this.#to.digest('hex') };
    return {
      checksums,
      equal: checksums.from === checksums.to && this.#differences === 0,
      differences: this.#differences,
      first: this.#first,
    };
  }
}
