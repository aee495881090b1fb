import { firstDayOfYear, yearOf } from '../civil-day.ts';
import { type CoursewareId, type Milliseconds, milliseconds } from '../quantities.ts';
import type { CreditContext } from './context.ts';
import { compareFacts, type Fact, sortFacts, type WatchedFact } from './facts.ts';
import { coursewareNamedByTrainings, creditsOfYear, foldSortedCredits } from './fold.ts';

/** Where a running session's learner stands, as the full fold would say it. */
export type Projection = {
  readonly year: number;
  /** Credited time of the session's courseware in the scope of its limit (R4). */
  readonly coursewareCreditedMs: Milliseconds;
  readonly coursewareRemainingMs: Milliseconds;
  /** Credited online time of the year (R5). */
  readonly onlineCreditedMs: Milliseconds;
  readonly onlineCapMs: Milliseconds | null;
  readonly onlineRemainingMs: Milliseconds | null;
  /** Why further time would not be credited (R13). */
  readonly stopped: 'year-closed' | 'courseware-limit-reached' | 'online-cap-reached' | null;
};

/** A running session's fact of the current day; how long it is, is what gets projected. */
export type RunningFact = Omit<WatchedFact, 'kind' | 'ms'>;

/** What {@link project} needs; holds until a limit, a review, a policy, the year or the day changes. */
export type Baseline = GrowingAlone | GrowingAmongOthers;

/** The usual case: no later fact depends on this one, so its growth is a matter of a few additions. */
type GrowingAlone = {
  readonly kind: 'alone';
  readonly without: Standing;
  /** Set off against trainings before any of it earns (R11). */
  readonly setOffFirstMs: number;
  readonly earnsAtMostMs: number;
};

/** A fact later in the order depends on this one, so each projection folds them all again. */
type GrowingAmongOthers = {
  readonly kind: 'among-others';
  readonly earlier: readonly Fact[];
  readonly running: RunningFact;
  readonly later: readonly Fact[];
  readonly context: CreditContext;
};

type Standing = {
  readonly year: number;
  readonly closed: boolean;
  readonly coursewareCredited: number;
  readonly coursewareRemaining: number;
  readonly onlineCredited: number;
  readonly onlineCap: Milliseconds | null;
};

/** Folds a learner's other facts once, so that each heartbeat of a running session can be projected on them. */
export function projectionBaseline(
  facts: readonly Fact[],
  running: RunningFact,
  context: CreditContext,
): Baseline {
  const yearEnd = firstDayOfYear(yearOf(running.day) + 1);
  const others = sortFacts(facts.filter((fact) => fact.day < yearEnd));
  const nothing = withLength(running, 0);
  const firstLater = others.findIndex((fact) => compareFacts(fact, nothing) > 0);
  const earlier = firstLater < 0 ? others : others.slice(0, firstLater);
  const later = firstLater < 0 ? [] : others.slice(firstLater);
  if (dependsOn(running, later, coursewareNamedByTrainings(others))) {
    return { kind: 'among-others', earlier, running, later, context };
  }

  const without = standing(earlier, nothing, later, context);
  const atFirst = later.length === 0 ? without : standing(earlier, nothing, [], context);
  const endless = standing(earlier, withLength(running, Number.MAX_SAFE_INTEGER), [], context);
  const earns = endless.coursewareCredited - atFirst.coursewareCredited;
  const uses = atFirst.coursewareRemaining - endless.coursewareRemaining;
  return { kind: 'alone', without, earnsAtMostMs: earns, setOffFirstMs: uses - earns };
}

/** The learner's standing with `ms` accepted for the running session's day, exactly as the full fold has it. */
export function project(baseline: Baseline, ms: Milliseconds): Projection {
  if (baseline.kind === 'among-others') {
    const { earlier, running, later, context } = baseline;
    return shown(standing(earlier, withLength(running, ms), later, context));
  }
  const { without, setOffFirstMs, earnsAtMostMs } = baseline;
  const setOff = Math.min(ms, setOffFirstMs);
  const earned = Math.min(ms - setOff, earnsAtMostMs);
  return shown({
    ...without,
    coursewareCredited: without.coursewareCredited + earned,
    coursewareRemaining: without.coursewareRemaining - setOff - earned,
    onlineCredited: Math.min(without.onlineCredited + earned, without.onlineCap ?? Number.POSITIVE_INFINITY),
  });
}

/**
 * Whether what a later fact of the year earns may depend on the running one other than through the online cap:
 * it draws on the same limit, or both may be set off against trainings.
 */
function dependsOn(
  { coursewareId }: RunningFact,
  later: readonly Fact[],
  named: ReadonlySet<CoursewareId>,
): boolean {
  const setOff = named.has(coursewareId);
  return later.some((fact) => {
    if (fact.kind === 'watched') {
      return fact.coursewareId === coursewareId || (setOff && named.has(fact.coursewareId));
    }
    return setOff && fact.kind === 'training' && fact.coursewareIds.length > 0;
  });
}

const withLength = ({ id, coursewareId, day, firstMoment }: RunningFact, ms: number): WatchedFact => ({
  kind: 'watched',
  id,
  coursewareId,
  day,
  firstMoment,
  ms: milliseconds(ms),
});

function standing(
  earlier: readonly Fact[],
  running: WatchedFact,
  later: readonly Fact[],
  context: CreditContext,
): Standing {
  const credits = foldSortedCredits([...earlier, running, ...later], context);
  const year = creditsOfYear(credits, yearOf(running.day), context);
  const courseware = year.courseware.find((one) => one.coursewareId === running.coursewareId);
  return {
    year: year.year,
    closed: year.closed,
    coursewareCredited: courseware?.creditedInScopeMs ?? 0,
    coursewareRemaining: courseware?.remainingMs ?? 0,
    onlineCredited: year.online.creditedMs,
    onlineCap: year.online.capMs,
  };
}

function shown(now: Standing): Projection {
  const onlineRemaining = now.onlineCap === null ? null : Math.max(0, now.onlineCap - now.onlineCredited);
  return {
    year: now.year,
    coursewareCreditedMs: milliseconds(now.coursewareCredited),
    coursewareRemainingMs: milliseconds(now.coursewareRemaining),
    onlineCreditedMs: milliseconds(now.onlineCredited),
    onlineCapMs: now.onlineCap,
    onlineRemainingMs: onlineRemaining === null ? null : milliseconds(onlineRemaining),
    stopped: reasonToStop(now, onlineRemaining),
  };
}

function reasonToStop(now: Standing, onlineRemaining: number | null): Projection['stopped'] {
  if (now.closed) return 'year-closed';
  if (now.coursewareRemaining === 0) return 'courseware-limit-reached';
  return onlineRemaining === 0 ? 'online-cap-reached' : null;
}
