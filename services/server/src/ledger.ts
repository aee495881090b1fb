import {
  type CoursewareLedger,
  type CreditsLedger,
  createGroupCommit,
  createSqliteCourseware,
  createSqliteCredits,
  createSqlitePolicies,
  createSqliteViewing,
  type GroupCommitOptions,
  type OwnershipMode,
  openSqlite,
  own,
  type PolicyLedger,
  type SqliteDatabase,
  type ViewingLedger,
} from '@watchledger/ledger';
import type { Calendar } from '@watchledger/rules';
import type { Logger } from 'pino';
import type { Closing } from './closing.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { Wanted } from './readiness.ts';

export interface Ledger {
  readonly viewing: ViewingLedger;
  readonly courseware: CoursewareLedger;
  readonly credits: CreditsLedger;
  readonly policies: PolicyLedger;
  /** Resolves when the database takes writes; rejects with `LedgerUnavailable`. */
  probe(): Promise<void>;
  /** What of it may fail, and the service is degraded: such as the replica for exports. */
  readonly wanted: readonly Wanted[];
}

export interface LedgerOptions {
  readonly configuration: Pick<Configuration, 'database' | 'replicaUrl' | 'databaseConnections' | 'redisUrl'>;
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
  const { database, redisUrl } = options.configuration;
  if (database.kind === 'postgres') throw new Error('PostgreSQL is under construction');
  return openFile(database.file, redisUrl === null ? 'alone' : 'shared', options, closing);
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
    policies: createSqlitePolicies(writer),
    probe: () => commits.commit('', () => rewriteUserVersion(writer)),
    wanted: [],
  };
}

/** A write that changes nothing: an empty transaction would succeed on a full disk, too. */
function rewriteUserVersion({ client }: SqliteDatabase): void {
  client.pragma(`user_version = ${Number(client.pragma('user_version', { simple: true }))}`);
}
