import { hash } from 'node:crypto';
import type { LearnerRange, MovableLedger } from './port.ts';
import { compareBytes, type MovableRow, type MovableTable, movableTable } from './tables.ts';

/** All that is stored of one learner. */
export interface LearnerFacts {
  readonly learnerId: string;
  readonly sessions: number;
  /** Of those sessions, the latest day of each and the earlier ones. */
  readonly sessionDays: number;
  /** SHA-256 of every column of the learner, of their sessions, of the days and turns of those, and of coverage. */
  readonly checksum: string;
}

const learners = movableTable('learners');
const sessions = movableTable('sessions');
const sessionDays = movableTable('session_days');
const sessionTurns = movableTable('session_turns');
const coverage = movableTable('coverage');

/** The tables whose rows belong to one learner. */
export const tablesOfLearners: readonly MovableTable[] = [
  learners,
  sessions,
  sessionDays,
  sessionTurns,
  coverage,
];

/** Learners whose facts are read at once. */
const atOnce = 500;

/** The facts of each learner, as read from the database, in the byte order of their ids, some at a time. */
export async function* factsOfLearners(ledger: MovableLedger): AsyncGenerator<readonly LearnerFacts[]> {
  let after: string | null = null;
  do {
    const upTo: string | null = await ledger.learnersEnd(after, atOnce);
    yield await factsWithin(ledger, { after, upTo });
    after = upTo;
  } while (after !== null);
}

async function factsWithin(ledger: MovableLedger, range: LearnerRange): Promise<readonly LearnerFacts[]> {
  const facts = new Map<string, Facts>();
  const factsOf = (learnerId: string): Facts => {
    const known = facts.get(learnerId) ?? { learner: null, sessions: [], coverage: [] };
    facts.set(learnerId, known);
    return known;
  };
  for (const learner of await ledger.rowsOfLearners(learners, range))
    factsOf(learnerIn(learner)).learner = learner;

  const viewings = new Map<string, Viewing>();
  for (const session of await ledger.rowsOfLearners(sessions, range)) {
    const viewing: Viewing = { session, days: [], turns: [] };
    viewings.set(sessionIn(session), viewing);
    factsOf(ownerOf(session)).sessions.push(viewing);
  }
  for (const day of await ledger.rowsOfLearners(sessionDays, range))
    viewings.get(sessionOfDay(day))?.days.push(day);
  for (const turn of await ledger.rowsOfLearners(sessionTurns, range))
    viewings.get(sessionOfTurn(turn))?.turns.push(turn);
  for (const row of await ledger.rowsOfLearners(coverage, range))
    factsOf(learnerOfCoverage(row)).coverage.push(row);

  return inOrder(facts).map(([learnerId, of]) => ({
    learnerId,
    sessions: of.sessions.length,
    sessionDays: of.sessions.reduce((sum, { days }) => sum + 1 + days.length, 0),
    checksum: hash('sha256', JSON.stringify(of)),
  }));
}

/** Learners whom only their sessions or coverage know came last. */
function inOrder(facts: ReadonlyMap<string, Facts>): (readonly [string, Facts])[] {
  const all = [...facts];
  if (all.every(([, { learner }]) => learner !== null)) return all;
  return all.sort(([a], [b]) => compareBytes(a, b));
}

interface Facts {
  learner: MovableRow | null;
  readonly sessions: Viewing[];
  readonly coverage: MovableRow[];
}

interface Viewing {
  readonly session: MovableRow;
  readonly days: MovableRow[];
  readonly turns: MovableRow[];
}

const learnerIn = reading(learners, 'learner_id');
const sessionIn = reading(sessions, 'session_id');
const ownerOf = reading(sessions, 'learner_id');
const sessionOfDay = reading(sessionDays, 'session_id');
const sessionOfTurn = reading(sessionTurns, 'session_id');
const learnerOfCoverage = reading(coverage, 'learner_id');

function reading({ columns }: MovableTable, name: string): (row: MovableRow) => string {
  const position = columns.findIndex((column) => column.name === name);
  return (row) => row[position] ?? '';
}
