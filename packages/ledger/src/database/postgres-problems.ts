import pg from 'pg';
import { LedgerUnavailable, type Unavailability } from './problems.ts';

/** What PostgreSQL itself has said against a statement or a connection; undefined for any other error. */
export function postgresError(error: unknown): pg.DatabaseError | undefined {
  // drizzle wraps what the driver throws.
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return thrown instanceof pg.DatabaseError ? thrown : undefined;
}

/** Data that a type or a constraint refuses: this statement will never succeed, the store is well. */
const refusedData = /^2[23]/;
/** Somebody else's transaction stood in the way; it passes. */
const passing = /^(40001|40P01|55P03)$/;
/** Two transactions made the same row at once: the one that is told so looks again. */
const alreadyThere = /^23505$/;
const statementFault = /^(0A|2[1-7F]|3[89BF]|42|P0)/;

/** Whether a statement was refused for what it carries. */
export function isRefusedData(error: unknown): boolean {
  return refusedData.test(postgresError(error)?.code ?? '');
}

/** Whether the same transaction may succeed when it runs again at once. */
export function isPassing(error: unknown): boolean {
  const code = postgresError(error)?.code ?? '';
  return passing.test(code) || alreadyThere.test(code);
}

/** Whether the connection is as good as before: PostgreSQL refused one statement, and can be told to roll back. */
export function sparesConnection(error: unknown): boolean {
  const code = postgresError(error)?.code ?? '';
  return statementFault.test(code) || passing.test(code) || code === '57014';
}

/**
 * A failure of the store as an adapter tells it; a fault of the statement stays what it is. Whether a commit whose
 * answer never came has happened is unknown: commands are idempotent, so the caller may send the same one again.
 */
export function explainedPostgres(error: unknown): unknown {
  if (error instanceof LedgerUnavailable) return error;
  const said = postgresError(error);
  if (said !== undefined && statementFault.test(said.code ?? '')) return error;
  if (said !== undefined || isOfTheDriver(error)) return new LedgerUnavailable(unavailability(said), error);
  return error;
}

function unavailability(said: pg.DatabaseError | undefined): Unavailability {
  const code = said?.code ?? '';
  if (passing.test(code) || code === '57014') return 'busy';
  if (code === '53100') return 'full';
  return 'failed';
}

const driverWords =
  /timeout|Connection terminated|Client has encountered|Client was closed|pool after calling end|not queryable/i;

/** The wire broke, or nobody answers: errors of the socket have a `code`, those of pg a few words. */
function isOfTheDriver(error: unknown): boolean {
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown ? String(thrown.code) : '';
  return /^E[A-Z]+$/.test(code) || driverWords.test(thrown.message);
}
