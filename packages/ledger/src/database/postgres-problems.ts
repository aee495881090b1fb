import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { LedgerUnavailable, type Unavailability } from './problems.ts';

/** What PostgreSQL itself has said against a statement or a connection; undefined for any other error. */
export function postgresError(error: unknown): pg.DatabaseError | undefined {
  const thrown = thrownBy(error);
  return thrown instanceof pg.DatabaseError ? thrown : undefined;
}

/** What follows from a failure. */
interface Meaning {
  /** Why the store could not do it; null: the statement is at fault, and the store is well. */
  readonly reason: Unavailability | null;
  /** The same transaction may succeed when it runs again at once. */
  readonly again: boolean;
  /** The connection is as good as before, and can be told to roll back. */
  readonly spares: boolean;
}

const refused: Meaning = { reason: null, again: false, spares: true };
const collided: Meaning = { reason: 'busy', again: true, spares: true };
const away: Meaning = { reason: 'failed', again: false, spares: false };

/** By SQLSTATE, the first that matches. What is not here, such as a server that turned read-only, is `away`. */
const meanings: readonly (readonly [code: RegExp, Meaning])[] = [
  // Another transaction made the same row at once: whoever is told so looks again.
  [/^23505$/, { ...refused, again: true }],
  // Data that a type or a constraint refuses, and what no version of this program should say.
  [/^(2[1-3]|2[47BDF]|3[489BF]|P0)/, refused],
  [/^42(?!501)/, refused],
  // Serialisation, deadlock, a lock that was not given.
  [/^(40001|40P01|55P03)$/, collided],
  // A statement that took too long.
  [/^57014$/, { ...collided, again: false }],
  [/^53100$/, { ...away, reason: 'full' }],
];

function meaningOf(error: unknown): Meaning | undefined {
  const said = postgresError(error);
  if (said !== undefined) return meanings.find(([code]) => code.test(said.code ?? ''))?.[1] ?? away;
  return isOfTheWire(error) ? away : undefined;
}

/** Whether a statement was refused for what it carries. */
export function isRefusedData(error: unknown): boolean {
  return /^2[23]/.test(postgresError(error)?.code ?? '');
}

/** Whether the same transaction may succeed when it runs again at once. */
export function isPassing(error: unknown): boolean {
  return meaningOf(error)?.again ?? false;
}

/** Whether the connection is as good as before. What the work itself throws, between statements, spares it. */
export function sparesConnection(error: unknown): boolean {
  return meaningOf(error)?.spares ?? true;
}

/**
 * A failure of the store as an adapter tells it; a fault of the statement, or of the work, stays what it is. Whether
 * a commit whose answer never came has happened is unknown: commands are idempotent, so the caller may send the same
 * one again.
 */
export function explainedPostgres(error: unknown): unknown {
  const reason = meaningOf(error)?.reason ?? null;
  return reason === null ? error : new LedgerUnavailable(reason, error);
}

const driverWords = /timeout|terminated|Client (has|was)|calling end|not queryable/i;

/** Broken, or nobody answers: errors of sockets, names and certificates have a `code`, those of pg a few words. */
function isOfTheWire(error: unknown): boolean {
  if (error instanceof DrizzleQueryError) return true;
  const thrown = thrownBy(error);
  if (!(thrown instanceof Error)) return false;
  return ('code' in thrown && /^[A-Z]/.test(String(thrown.code))) || driverWords.test(thrown.message);
}

/** drizzle wraps what the driver throws. */
function thrownBy(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}
