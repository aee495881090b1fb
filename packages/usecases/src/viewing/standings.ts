import type { CoursewareLedger, CreditsLedger, LearnerFacts } from '@watchledger/ledger';
import type { LockRow } from '@watchledger/lock';
import {
  type Baseline,
  type Calendar,
  type CoursewareId,
  type DayNumber,
  instant,
  type LearnerId,
  type Milliseconds,
  milliseconds,
  type Policy,
  type Projection,
  project,
  projectionBaseline,
  type SessionId,
} from '@watchledger/rules';
import { LRUCache } from 'lru-cache';

/** What must not have moved for a standing to hold. */
export interface Revisions {
  /** Facts of the learner outside this session. */
  readonly factsRevision: number;
  /** Limits and whatever else many learners depend on. */
  readonly sharedRevision: number;
}

/** A running session's courseware, and where its learner stands with it. */
export interface Standing {
  readonly title: string;
  readonly kind: 'video' | 'document';
  readonly limitMs: Milliseconds;
  /** Length of the media; null: unknown. */
  readonly mediaMs: Milliseconds | null;
  readonly projection: Projection;
}

/** Where the learners of running sessions stand: folded once, then projected with each report (R7). */
export interface Standings {
  /** At once where it is remembered and still holds: so it is for nearly every heartbeat. */
  of(learnerId: LearnerId, row: LockRow, revisions: Revisions): Standing | Promise<Standing>;
  /** The same for a session that is over: folded for this once. */
  finally(learnerId: LearnerId, row: LockRow): Promise<Standing>;
  /** The courseware of a session lately seen here, if it is this learner's. */
  coursewareOf(learnerId: LearnerId, sessionId: SessionId): CoursewareId | undefined;
}

export interface StandingsOptions {
  readonly calendar: Calendar;
  readonly policy: Policy;
  readonly credits: CreditsLedger;
  readonly courseware: CoursewareLedger;
  /** Sessions remembered; one that is forgotten is folded again. */
  readonly capacity?: number;
}

interface Folded {
  readonly coursewareId: CoursewareId;
  readonly day: DayNumber;
  readonly title: string;
  readonly kind: 'video' | 'document';
  readonly limitMs: Milliseconds;
  readonly mediaMs: Milliseconds | null;
  readonly baseline: Baseline;
}

interface Remembered extends Revisions, Folded {
  readonly learnerId: LearnerId;
}

export function createStandings({
  calendar,
  policy,
  credits,
  courseware,
  capacity = 50_000,
}: StandingsOptions): Standings {
  const remembered = new LRUCache<SessionId, Remembered>({ max: capacity });

  async function fold(learnerId: LearnerId, row: LockRow): Promise<Folded> {
    const { sessionId, coursewareId, day, openedAt } = row;
    const [known, watched] = await Promise.all([
      credits.learnerFacts(learnerId),
      courseware.getEvenHidden(coursewareId),
    ]);
    if (watched === null) throw new Error(`session ${sessionId} is of courseware that never was`);
    const others = known.facts.filter(
      (fact) => fact.kind !== 'watched' || fact.id !== sessionId || fact.day !== day,
    );
    const start = calendar.startOf(day);
    const firstMoment = instant(Math.max(openedAt, start));
    const limits = limitsOf(others, known.courseware).set(coursewareId, watched.limitMs);
    const limitOf = (id: CoursewareId): Milliseconds => limits.get(id) ?? milliseconds(0);
    const baseline = projectionBaseline(
      others,
      { id: sessionId, coursewareId, day, firstMoment },
      { policy, limitOf, closedYears: known.closedYears },
    );
    const { title, kind, limitMs, mediaSeconds } = watched;
    const mediaMs = mediaSeconds === null ? null : milliseconds(mediaSeconds * 1_000);
    return { coursewareId, day, title, kind, limitMs, mediaMs, baseline };
  }

  async function anew(learnerId: LearnerId, row: LockRow, revisions: Revisions): Promise<Standing> {
    const standing = { ...revisions, learnerId, ...(await fold(learnerId, row)) };
    remembered.set(row.sessionId, standing);
    return projected(standing, row);
  }

  return {
    of: (learnerId, row, revisions) => {
      const standing = remembered.get(row.sessionId);
      if (standing === undefined || !holds(standing, row, revisions)) return anew(learnerId, row, revisions);
      return projected(standing, row);
    },
    finally: async (learnerId, row) => projected(await fold(learnerId, row), row),
    coursewareOf: (learnerId, sessionId) => {
      const standing = remembered.get(sessionId);
      return standing?.learnerId === learnerId ? standing.coursewareId : undefined;
    },
  };
}

/** Of the courseware in these facts alone: a baseline is kept for long, and all that is known of courseware is much. */
function limitsOf(
  facts: LearnerFacts['facts'],
  courseware: LearnerFacts['courseware'],
): Map<CoursewareId, Milliseconds> {
  const limits = new Map<CoursewareId, Milliseconds>();
  for (const fact of facts) {
    const concerned = fact.kind === 'watched' ? [fact.coursewareId] : [];
    for (const id of fact.kind === 'training' ? fact.coursewareIds : concerned) {
      const terms = courseware.get(id);
      if (terms !== undefined) limits.set(id, terms.limitMs);
    }
  }
  return limits;
}

function projected({ title, kind, limitMs, mediaMs, baseline }: Folded, row: LockRow): Standing {
  return { title, kind, limitMs, mediaMs, projection: project(baseline, row.dayMs) };
}

function holds(standing: Remembered, row: LockRow, { factsRevision, sharedRevision }: Revisions): boolean {
  return (
    standing.day === row.day &&
    standing.factsRevision === factsRevision &&
    standing.sharedRevision === sharedRevision
  );
}
