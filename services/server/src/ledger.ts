import {
  type CoursewareLedger,
  type CoverageLedger,
  type CreditsLedger,
  createGroupCommit,
  createOffice,
  createPostgresCourseware,
  createPostgresCoverage,
  createPostgresCredits,
  createPostgresDesk,
  createPostgresPolicies,
  createPostgresViewing,
  createSqliteCourseware,
  createSqliteCoverage,
  createSqliteCredits,
  createSqliteDesk,
  createSqlitePolicies,
  createSqliteViewing,
  type GroupCommitOptions,
  LedgerCannotOpen,
  LedgerUnavailable,
  type OfficeLedger,
  type OwnershipMode,
  openPostgres,
  openSqlite,
  own,
  type PolicyLedger,
  type PostgresDatabase,
  postgresLater,
  type SqliteDatabase,
  sharePostgres,
  type ViewingLedger,
} from '@watchledger/ledger';
import type { Calendar } from '@watchledger/rules';
import type { Logger } from 'pino';
import type { Closing } from './closing.ts';
import type { Configuration } from './configuration/configuration.ts';
import { mustBeServed, servedOffice, servedWhile } from './moving/moved-away.ts';
import { everySoOften } from './outage-log.ts';
import type { Wanted } from './readiness.ts';

export interface Ledger {
  readonly viewing: ViewingLedger;
  readonly courseware: CoursewareLedger;
  readonly credits: CreditsLedger;
  readonly coverage: CoverageLedger;
  readonly policies: PolicyLedger;
  readonly office: OfficeLedger;
  /** The same for exports, which are only read: perhaps from a replica. */
  readonly officeForExports: OfficeLedger;
  /** Resolves when the database takes writes; rejects with `LedgerUnavailable`. */
  probe(): Promise<void>;
  /** What of it may fail, and the service is degraded: such as the replica for exports. */
  readonly wanted: readonly Wanted[];
}

export interface LedgerOptions {
  readonly configuration: Pick<Configuration, 'database' | 'replicaUrl' | 'databaseConnections' | 'redis'>;
  readonly calendar: Calendar;
  readonly log: Logger;
  /** Told of each commit that reached the disk. */
  readonly onCommit: GroupCommitOptions['onCommit'];
}

/** Heartbeats that may wait for the disk at once: about a second of them at full load. */
const maxWaiting = 20_000;
/** Under load a heartbeat waits this long at most to share its way to the disk with others. */
const paceMs = 2;

/** Opens where the facts are, up to date. Throws `LedgerCannotOpen`, `DatabaseOwned`. */
export async function openLedger(options: LedgerOptions, closing: Closing): Promise<Ledger> {
  const { database, redis } = options.configuration;
  if (database.kind === 'postgres') return openServer(database.url, options, closing);
  return openFile(database.file, redis === null ? 'alone' : 'shared', options, closing);
}

/** The facts in PostgreSQL: migrated, with connections that write and others, perhaps to a replica, that export. */
async function openServer(url: string, options: LedgerOptions, closing: Closing): Promise<Ledger> {
  const { configuration, calendar, log, onCommit } = options;
  const { databaseConnections: connections, replicaUrl } = configuration;
  const warn = everySoOften((fields: { readonly detail: string }, message) => log.warn(fields, message));
  const onTrouble = (detail: string) => warn({ detail }, 'PostgreSQL is in trouble');
  const share = await sharePostgres({ url, onTrouble });
  closing.add(() => share.release());
  const shares = connectionShares(connections);
  const writer = await openPostgres({ url, connections: shares.commands, migrate: true, onTrouble });
  closing.add(() => writer.close());
  for (const warning of writer.warnings) log.warn(`DATABASE_URL: ${warning}`);
  const heartbeats = postgresLater({ url, connections: shares.heartbeats, onTrouble });
  closing.add(() => heartbeats.close());
  const reader = postgresLater({
    url: replicaUrl ?? url,
    connections: shares.exports,
    readOnly: true,
    onTrouble,
  });
  closing.add(() => reader.close());
  if (replicaUrl !== null) await tellOfReplica(replicaUrl, log);
  const viewing = createPostgresViewing(writer, {
    maxWaiting,
    heartbeats,
    ...(onCommit && { onCommit }),
  });
  closing.add(() => viewing.idle());
  return {
    viewing: servedWhile(share, viewing),
    courseware: servedWhile(share, createPostgresCourseware(writer)),
    credits: servedWhile(share, createPostgresCredits(writer, calendar, reader)),
    coverage: servedWhile(share, createPostgresCoverage(writer, { heartbeats })),
    policies: servedWhile(share, createPostgresPolicies(writer)),
    office: servedOffice(share, createOffice(createPostgresDesk(writer))),
    officeForExports: createOffice(createPostgresDesk(reader)),
    probe: () => mustBeServed(share).then(() => probe(writer)),
    wanted: replicaUrl === null ? [] : [replicaProbe(reader)],
  };
}

/**
 * What each use gets of all connections of this process: one tells that it serves the database, heartbeats have theirs
 * to themselves, and exports may wait for each other.
 */
export function connectionShares(all: number) {
  const [share, heartbeats] = [1, 2];
  const exports = Math.max(1, Math.floor(all / 5));
  return { share, heartbeats, exports, commands: all - share - heartbeats - exports };
}

/** Without its replica a process still counts every second; only its exports are away. */
async function tellOfReplica(url: string, log: Logger): Promise<void> {
  try {
    const replica = await openPostgres({ url, connections: 1, readOnly: true });
    for (const warning of replica.warnings) log.warn(`DATABASE_REPLICA_URL: ${warning}`);
    await replica.close();
  } catch (error) {
    if (!(error instanceof LedgerCannotOpen)) throw error;
    log.warn(`DATABASE_REPLICA_URL: ${error.message}; exports are answered 503 until it is there`);
  }
}

function replicaProbe({ pool }: PostgresDatabase): Wanted {
  const words = 'are away: their replica does not answer';
  return { name: 'exports', words, probe: async () => void (await pool.query('select 1')) };
}

/** A write that changes nothing, on disk before it answers, and to no fact: those may be compared meanwhile. */
async function probe({ pool }: PostgresDatabase): Promise<void> {
  try {
    await pool.query(
      'update __drizzle_migrations set hash = hash where id = (select max(id) from __drizzle_migrations)',
    );
  } catch (error) {
    throw new LedgerUnavailable('failed', error);
  }
}

/** The facts on this machine's disk: owned, migrated, with one connection that writes and one that exports. */
function openFile(
  file: string,
  mode: OwnershipMode,
  { calendar, onCommit }: LedgerOptions,
  closing: Closing,
): Ledger {
  const ownership = own(file, mode);
  closing.add(() => ownership.release());
  const writer = openSqlite({ file, migrate: true });
  closing.add(() => writer.close());
  const reader = openSqlite({ file, readOnly: true });
  closing.add(() => reader.close());
  const commits = createGroupCommit(writer.client, { maxWaiting, paceMs, ...(onCommit && { onCommit }) });
  closing.add(() => commits.idle());
  return {
    viewing: createSqliteViewing(writer, commits),
    courseware: createSqliteCourseware(writer),
    credits: createSqliteCredits(writer, calendar, reader),
    coverage: createSqliteCoverage(writer, commits),
    policies: createSqlitePolicies(writer),
    office: createOffice(createSqliteDesk(writer)),
    officeForExports: createOffice(createSqliteDesk(reader)),
    probe: () => commits.commit('', () => rewriteUserVersion(writer)),
    wanted: [],
  };
}

/** A write that changes nothing: an empty transaction would succeed on a full disk, too. */
function rewriteUserVersion({ client }: SqliteDatabase): void {
  client.pragma(`user_version = ${Number(client.pragma('user_version', { simple: true }))}`);
}
