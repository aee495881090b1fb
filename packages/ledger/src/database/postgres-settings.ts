/** What a PostgreSQL server says about itself. */
export interface PostgresSettings {
  /** Such as 150018 for 15.18. */
  readonly versionNumber: number;
  readonly version: string;
  readonly encoding: string;
  readonly synchronousCommit: string;
  /** Empty: there is no synchronous standby. */
  readonly synchronousStandbys: string;
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly isolation: string;
  readonly readOnly: string;
  readonly standby: boolean;
}

export interface Unfitness {
  /** Why the ledger cannot be there. */
  readonly refusals: readonly string[];
  /** What works, and an operator should change. */
  readonly warnings: readonly string[];
}

const OLDEST = 14;

/** Whether what is acknowledged would stay: each line says what to set. A reader asks less of its server. */
export function unfitness(settings: PostgresSettings, readOnly: boolean): Unfitness {
  const { versionNumber, version, encoding, synchronousCommit, synchronousStandbys } = settings;
  const refusals: string[] = [];
  const warnings: string[] = [];
  if (versionNumber < OLDEST * 10_000)
    refusals.push(`PostgreSQL ${OLDEST} or newer is needed, and this is ${version}`);
  if (encoding !== 'UTF8') refusals.push(`its encoding is ${encoding}: create the database with UTF8`);
  if (readOnly) return { refusals, warnings };

  if (settings.standby) refusals.push('it is a standby, which takes no writes: give the primary');
  else if (settings.readOnly !== 'off')
    refusals.push('it takes no writes: set default_transaction_read_only to off');
  if (settings.fsync !== 'on')
    refusals.push(`fsync is ${settings.fsync}, so that a crash may lose everything: set it to on`);
  if (synchronousCommit === 'off')
    refusals.push('synchronous_commit is off, so that a crash loses what was acknowledged: set it to on');
  if (settings.isolation !== 'read committed')
    refusals.push(`default_transaction_isolation is ${settings.isolation}: set it to read committed`);
  if (synchronousStandbys !== '' && ['local', 'remote_write'].includes(synchronousCommit))
    warnings.push(
      `synchronous_commit is ${synchronousCommit}: a failover may lose what was acknowledged; set it to on`,
    );
  if (settings.fullPageWrites !== 'on')
    warnings.push('full_page_writes is off: right only where the file system never writes half a page');
  return { refusals, warnings };
}
