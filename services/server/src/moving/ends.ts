import { existsSync } from 'node:fs';
import {
  createPostgresSource,
  createPostgresTarget,
  createSqliteSource,
  createSqliteTarget,
  createStillPostgresSource,
  DatabaseOwned,
  LedgerCannotOpen,
  type MovableLedger,
  MoveRefused,
  type MoveTarget,
  openPostgres,
  openSqlite,
  own,
  ownPostgres,
  ownServedPostgres,
  placeOf,
} from '@watchledger/ledger';
import type { Closing } from '../closing.ts';
import type { DatabaseAddress } from '../configuration/database-address.ts';
import { StartFault } from '../start-fault.ts';

/** The two ends of a move, as the command line names them. */
export type MoveOption = '--from' | '--to';

/** Opens a ledger that nobody serves, and keeps it as it is. Throws `StartFault`. */
export function openSource(address: DatabaseAddress, closing: Closing): Promise<MovableLedger> {
  return named('--from', async () => {
    if (address.kind === 'postgres') {
      const { client, place } = await connection(address.url, { current: true }, closing);
      await ownServedPostgres(client);
      return createStillPostgresSource({ client, place });
    }
    refuseMissing(address.file);
    holdAlone(address.file, closing);
    return createSqliteSource(openedFile(address.file, { readOnly: true, current: true }, closing));
  });
}

/** Opens a database that is to be filled, and keeps everybody else out. Throws `StartFault`. */
export function openTarget(address: DatabaseAddress, closing: Closing): Promise<MoveTarget> {
  return named('--to', async () => {
    if (address.kind === 'postgres') {
      const { client, place } = await connection(address.url, { migrate: true, ofMove: true }, closing);
      await ownPostgres(client);
      return createPostgresTarget({ client, place });
    }
    holdAlone(address.file, closing);
    return createSqliteTarget(openedFile(address.file, { migrate: true, ofMove: true }, closing));
  });
}

/** Opens a ledger as it is now, served or not; nothing is written. Throws `StartFault`. */
export function openAsItIs(
  option: MoveOption,
  address: DatabaseAddress,
  closing: Closing,
): Promise<MovableLedger> {
  return named(option, async () => {
    if (address.kind === 'postgres')
      return createPostgresSource(await connection(address.url, { readOnly: true, current: true }, closing));
    refuseMissing(address.file);
    return createSqliteSource(openedFile(address.file, { readOnly: true, current: true }, closing));
  });
}

/** Any refusal, as a line that begins with the option. */
export async function named<Result>(option: MoveOption, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof MoveRefused) throw new StartFault(`--${error.side}: ${error.message}`);
    if (error instanceof LedgerCannotOpen || error instanceof DatabaseOwned)
      throw new StartFault(`${option}: ${error.message}`);
    throw error;
  }
}

function refuseMissing(file: string): void {
  if (!existsSync(file)) throw new LedgerCannotOpen(`there is no file ${file}`);
}

function holdAlone(file: string, closing: Closing): void {
  try {
    const ownership = own(file, 'alone');
    closing.add(() => ownership.release());
  } catch (error) {
    if (!(error instanceof DatabaseOwned)) throw error;
    throw new DatabaseOwned(`another process is using ${file}: stop every process that serves or moves it`);
  }
}

function openedFile(
  file: string,
  options: { [Option in 'readOnly' | 'current' | 'migrate' | 'ofMove']?: true },
  closing: Closing,
) {
  const database = openSqlite({ file, ...options });
  closing.add(() => database.close());
  return database;
}

/** Counting, indexing and analysing a large ledger takes its time. */
const statementMs = 3_600_000;

/** One connection alone: what holds the database and what works on it begin and end together. */
async function connection(
  url: string,
  options: { [Option in 'readOnly' | 'current' | 'migrate' | 'ofMove']?: true },
  closing: Closing,
) {
  const database = await openPostgres({ url, ...options, connections: 1, statementMs });
  closing.add(() => database.close());
  const client = await database.pool.connect();
  closing.add(() => client.release(true));
  return { client, place: placeOf(url) };
}
