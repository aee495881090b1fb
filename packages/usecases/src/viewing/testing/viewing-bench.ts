import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createGroupCommit,
  createSqliteCourseware,
  createSqliteCredits,
  createSqlitePolicies,
  createSqliteViewing,
  openSqlite,
  type PolicyLedger,
  type SqliteDatabase,
  type ViewingLedger,
} from '@watchledger/ledger';
import { createLocalLock, type LockRow, type ViewingLock } from '@watchledger/lock';
import {
  type CoursewareId,
  createCalendar,
  createDayWindows,
  defaultPolicy,
  type Instant,
  instant,
  type LearnerId,
  milliseconds,
  type Policy,
} from '@watchledger/rules';
import { createPolicyInForce } from '../../policy/policy-in-force.ts';
import type { ViewingContext } from '../context.ts';
import { createStandings } from '../standings.ts';

/** A ViewingContext on a real SQLite file and a lock whose clock the test sets. */
export interface ViewingBench {
  readonly context: ViewingContext;
  readonly policies: PolicyLedger;
  readonly database: SqliteDatabase;
  readonly clock: { now: Instant; advance(ms: number): void };
  /** The rows of the lock, to take away or bring back. */
  readonly rows: Map<LearnerId, LockRow>;
  putCourseware(coursewareId: string, limitMs: number): Promise<void>;
  close(): void;
}

export interface BenchOptions {
  readonly policy?: Partial<Policy>;
  readonly startsAt?: string;
  readonly wrapLock?: (lock: ViewingLock) => ViewingLock;
  readonly wrapLedger?: (ledger: ViewingLedger) => ViewingLedger;
}

export function createViewingBench({
  policy: adjusted = {},
  startsAt = '2026-03-01T01:00:00Z',
  wrapLock = (lock) => lock,
  wrapLedger = (ledger) => ledger,
}: BenchOptions = {}): ViewingBench {
  const folder = mkdtempSync(join(tmpdir(), 'watchledger-viewing-'));
  const database = openSqlite({ file: join(folder, 'test.db'), migrate: true });
  const commits = createGroupCommit(database.client, { maxWaiting: 10_000 });
  const policy: Policy = { ...defaultPolicy, ...adjusted };
  const calendar = createCalendar(policy.timeZone);
  const clock = {
    now: instant(Date.parse(startsAt)),
    advance(ms: number) {
      clock.now = instant(clock.now + ms);
    },
  };
  const terms = {
    lock: policy.lock,
    release: policy.release,
    maxCatchUp: policy.maxCatchUp,
    slack: policy.slack,
  };
  const rows = new Map<LearnerId, LockRow>();
  const lock = createLocalLock({ calendar, terms, clock: () => clock.now, rows });
  const courseware = createSqliteCourseware(database);
  const credits = createSqliteCredits(database, calendar);
  const policies = createSqlitePolicies(database);
  const context: ViewingContext = {
    policy,
    terms,
    policyInForce: createPolicyInForce({ policies, courseware, policy }),
    daysAround: createDayWindows(calendar),
    lock: wrapLock(lock),
    viewing: wrapLedger(createSqliteViewing(database, commits)),
    courseware,
    credits,
    standings: createStandings({ calendar, policy, credits, courseware }),
  };
  return {
    context,
    policies,
    database,
    clock,
    rows,
    putCourseware: async (coursewareId, limitMs) => {
      await courseware.put(
        coursewareId as CoursewareId,
        {
          title: `Title of ${coursewareId}`,
          kind: 'video',
          limitMs: milliseconds(limitMs),
          mediaSeconds: null,
          creator: null,
          open: true,
        },
        { expected: null, actor: 'admin', at: clock.now, reason: null },
      );
    },
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
