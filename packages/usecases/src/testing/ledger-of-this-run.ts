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
  type OfficeLedger,
  type PolicyLedger,
  type PostgresDatabase,
  type PostgresOptions,
  postgresLater,
  type ViewingLedger,
} from '@watchledger/ledger';
import {
  afterThisTest,
  type PlantedSession,
  plantSessions,
  plantSessionsInPostgres,
  postgresOfThisProcess,
  type StoredSession,
  sessionsInPostgres,
  sessionsInSqlite,
  temporaryLedger,
  temporaryPostgres,
} from '@watchledger/ledger/testing';
import type { Calendar } from '@watchledger/rules';
import { kindOfThisRun } from './store-kinds.ts';

/** For tests: a real ledger, gone when the present test ends. */
export interface LedgerUnderTest {
  readonly viewing: ViewingLedger;
  readonly courseware: CoursewareLedger;
  readonly credits: CreditsLedger;
  readonly coverage: CoverageLedger;
  readonly policies: PolicyLedger;
  readonly office: OfficeLedger;
  /** Puts sessions there as viewing leaves them behind. */
  plant(sessions: readonly PlantedSession[]): Promise<void>;
  /** Of one learner, in the order of their times, read past the product. */
  storedSessions(learnerId: string): Promise<readonly StoredSession[]>;
  /** From now on nothing can be written. */
  refuseWrites(): Promise<void>;
  /** From now on nobody can read what many learners have. */
  breakExports(): Promise<void>;
}

/** For tests: an empty ledger of the kind that this run is for. */
export function ledgerOfThisRun(calendar: Calendar): Promise<LedgerUnderTest> {
  return kindOfThisRun() === 'postgres-redis' ? inPostgres(calendar) : inSqlite(calendar);
}

const maxWaiting = 10_000;

async function inSqlite(calendar: Calendar): Promise<LedgerUnderTest> {
  const { writer, reader } = temporaryLedger();
  const commits = createGroupCommit(writer.client, { maxWaiting });
  return {
    viewing: createSqliteViewing(writer, commits),
    courseware: createSqliteCourseware(writer),
    credits: createSqliteCredits(writer, calendar, reader),
    coverage: createSqliteCoverage(writer, commits),
    policies: createSqlitePolicies(writer),
    office: createOffice(createSqliteDesk(writer)),
    plant: async (sessions) => plantSessions(writer, sessions),
    storedSessions: async (learnerId) => sessionsInSqlite(writer.client, learnerId),
    refuseWrites: async () => void writer.client.pragma('max_page_count = 1'),
    breakExports: async () => reader.close(),
  };
}

async function inPostgres(calendar: Calendar): Promise<LedgerUnderTest> {
  const { database: writer, url } = await temporaryPostgres();
  const heartbeats = connections({ url, connections: 2 });
  const reader = connections({ url, connections: 2, readOnly: true });
  return {
    viewing: createPostgresViewing(writer, { maxWaiting, heartbeats }),
    courseware: createPostgresCourseware(writer),
    credits: createPostgresCredits(writer, calendar, reader),
    coverage: createPostgresCoverage(writer, { heartbeats }),
    policies: createPostgresPolicies(writer),
    office: createOffice(createPostgresDesk(writer)),
    plant: (sessions) => plantSessionsInPostgres(writer, sessions),
    storedSessions: (learnerId) => sessionsInPostgres(writer.pool, learnerId),
    refuseWrites: async () => {
      const server = await postgresOfThisProcess();
      await server.stop();
      afterThisTest(() => server.start());
    },
    breakExports: () => reader.close(),
  };
}

/** Connections that the test may close before it ends. */
function connections(options: PostgresOptions): PostgresDatabase {
  const database = postgresLater(options);
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= database.close());
  afterThisTest(close);
  return { ...database, close };
}
