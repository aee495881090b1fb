import type { CoverageLedger, PolicyLedger, ViewingLedger } from '@watchledger/ledger';
import type { ViewingLock } from '@watchledger/lock';
import {
  type CoursewareId,
  createCalendar,
  createDayWindows,
  defaultPolicy,
  type Instant,
  instant,
  milliseconds,
  type Policy,
} from '@watchledger/rules';
import { createPolicyInForce } from '../../policy/policy-in-force.ts';
import { type LedgerUnderTest, ledgerOfThisRun } from '../../testing/ledger-of-this-run.ts';
import { type LockRows, lockOfThisRun } from '../../testing/lock-of-this-run.ts';
import type { ViewingContext } from '../context.ts';
import { createStandings } from '../standings.ts';

/** A ViewingContext on a real database and a lock whose clock the test sets. */
export interface ViewingBench {
  readonly context: ViewingContext;
  readonly policies: PolicyLedger;
  readonly ledger: LedgerUnderTest;
  readonly clock: { now: Instant; advance(ms: number): void };
  /** The rows of the lock, to take away or bring back. */
  readonly rows: LockRows;
  putCourseware(coursewareId: string, limitMs: number, mediaSeconds?: number): Promise<void>;
}

export interface BenchOptions {
  readonly policy?: Partial<Policy>;
  readonly startsAt?: string;
  readonly wrapLock?: (lock: ViewingLock) => ViewingLock;
  readonly wrapLedger?: (ledger: ViewingLedger) => ViewingLedger;
  readonly wrapCoverage?: (coverage: CoverageLedger) => CoverageLedger;
}

/** A bench with nothing on it, which is gone when the present test ends; a test uses one at a time. */
export async function createViewingBench({
  policy: adjusted = {},
  startsAt = '2026-03-01T01:00:00Z',
  wrapLock = (lock) => lock,
  wrapLedger = (ledger) => ledger,
  wrapCoverage = (coverage) => coverage,
}: BenchOptions = {}): Promise<ViewingBench> {
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
  const ledger = await ledgerOfThisRun(calendar);
  const { lock, rows } = await lockOfThisRun({ calendar, terms, clock: () => clock.now });
  const { viewing, courseware, credits, coverage, policies } = ledger;
  const context: ViewingContext = {
    policy,
    terms,
    policyInForce: createPolicyInForce({ policies, courseware, policy }),
    daysAround: createDayWindows(calendar),
    lock: wrapLock(lock),
    viewing: wrapLedger(viewing),
    courseware,
    credits,
    coverage: wrapCoverage(coverage),
    standings: createStandings({ calendar, policy, credits, courseware }),
  };
  return {
    context,
    policies,
    ledger,
    clock,
    rows,
    putCourseware: async (coursewareId, limitMs, mediaSeconds) => {
      await courseware.put(
        coursewareId as CoursewareId,
        {
          title: `Title of ${coursewareId}`,
          kind: 'video',
          limitMs: milliseconds(limitMs),
          mediaSeconds: mediaSeconds ?? null,
          creator: null,
          open: true,
        },
        { expected: null, actor: 'admin', at: clock.now, reason: null },
      );
    },
  };
}
