import type { Category, DayNumber, Instant, LearnerId, Milliseconds } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { ImportCount } from '../courseware/port.ts';
import type { ExpectedVersion } from '../versions/expected.ts';
import type { ActivityState } from './states.ts';

export type StoredEvidence = { readonly url: string } | { readonly fileId: string };

export type ActivityKind = 'training' | 'overseas-training' | 'study-abroad';

/** What a learner declares (R10). */
export interface ActivityFields {
  readonly category: Category;
  /** Of offline activities alone. */
  readonly kind: ActivityKind | null;
  readonly title: string;
  readonly fromDay: DayNumber;
  /** The last day: on it approved time counts. */
  readonly toDay: DayNumber;
  readonly declaredMs: Milliseconds;
  readonly provider: string | null;
  readonly place: string | null;
  readonly country: string | null;
  readonly note: string | null;
  readonly evidence: readonly StoredEvidence[];
}

export interface StoredActivity extends ActivityFields {
  readonly activityId: string;
  readonly learnerId: LearnerId;
  readonly state: ActivityState;
  readonly submittedAt: Instant | null;
  /** What counts; null unless approved. */
  readonly grantedMs: Milliseconds | null;
  readonly comment: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface Declaration {
  readonly activityId: string;
  readonly learnerId: LearnerId;
  readonly fields: ActivityFields;
  readonly draft: boolean;
  /** Names the request, so that a repeated one declares nothing anew; null: it is new. */
  readonly reference: string | null;
  readonly at: Instant;
}

export type Declared =
  /** `repeated`: as it was declared, whatever has become of it since. */
  | { readonly outcome: 'declared' | 'repeated'; readonly activity: StoredActivity }
  /** The reference was of something else. */
  | { readonly outcome: 'other-content' | 'year-closed' }
  | { readonly outcome: 'unknown-file'; readonly fileId: string };

/** What a learner does with their own activity. */
export interface OwnMove {
  readonly learnerId: LearnerId;
  readonly expected: ExpectedVersion;
  readonly at: Instant;
}

export type Moved =
  | { readonly outcome: 'moved'; readonly activity: StoredActivity }
  /** `reviewed`: reviewers alone may change it. */
  | { readonly outcome: 'unknown' | 'conflict' | 'reviewed' | 'year-closed' }
  | { readonly outcome: 'unknown-file'; readonly fileId: string };

export interface Review {
  readonly decision: 'approve' | 'reject';
  /** Null: all that was declared. */
  readonly grantedMs: Milliseconds | null;
  readonly comment: string | null;
  readonly by: Authorship;
  readonly expected: ExpectedVersion;
  /** Whose learners the reviewer decides for; null: everybody's. */
  readonly organisationId: string | null;
}

export type Reviewed =
  | { readonly outcome: 'reviewed'; readonly activity: StoredActivity }
  /** `own`: nobody reviews their own. `decided`: somebody else did, and this reviewer has not seen it. */
  | { readonly outcome: 'unknown' | 'own' | 'conflict' | 'not-reviewable' | 'year-closed' }
  /** Its learner has changed it since it was submitted, and this reviewer does not say which version they have seen. */
  | { readonly outcome: 'amended' }
  | { readonly outcome: 'decided'; readonly activity: StoredActivity }
  | { readonly outcome: 'more-than-declared'; readonly declaredMs: Milliseconds };

export interface ActivitySearch {
  readonly state: ActivityState | null;
  readonly learnerId: LearnerId | null;
  readonly category: Category | null;
  /** Part of the title, or of the learner's name or id; ASCII letters in any case. */
  readonly query: string | null;
  readonly decidedBy: string | null;
  /** Only of the roster of these institutes, each of them; none: everybody. */
  readonly organisationIds: readonly string[];
  /** Drafts are for their learners alone. */
  readonly drafts: boolean;
  readonly limit: number;
}

/** What may be there twice. */
export interface StudyEvent {
  readonly what: 'activity' | 'training';
  readonly id: string;
  readonly title: string;
  readonly fromDay: DayNumber;
  readonly toDay: DayNumber;
}

/** Something else of a learner that may be the same event. */
export interface SimilarStored extends StudyEvent {
  readonly learnerId: LearnerId;
  readonly state: string;
  readonly ms: Milliseconds;
}

/** Approved hours from elsewhere, as one line of a file gives them. */
export interface HistoryImport {
  readonly activityId: string;
  readonly learnerId: LearnerId;
  readonly reference: string;
  readonly fields: ActivityFields;
}

/** Why a file was not imported; lines are named by `importKeyOf`. */
export interface HistoryRefused {
  /** In a closed year. */
  readonly closed: ReadonlySet<string>;
  /** Decided otherwise by another reviewer since they were brought. */
  readonly decided: ReadonlySet<string>;
}

/**
 * What learners declare, and what reviewers decide about it. Every command is one transaction with its trace in the
 * audit trail. Methods reject with `LedgerUnavailable` when the store is away.
 */
export interface ActivitiesLedger {
  declare(declaration: Declaration): Promise<Declared>;
  amend(activityId: string, fields: ActivityFields, move: OwnMove): Promise<Moved>;
  submit(activityId: string, move: OwnMove): Promise<Moved>;
  withdraw(activityId: string, move: OwnMove): Promise<Moved>;
  review(activityId: string, review: Review): Promise<Reviewed>;
  /** With the institute of its learner; null where there is none. */
  activity(
    activityId: string,
  ): Promise<{ readonly activity: StoredActivity; readonly organisationId: string | null } | null>;
  /** In the order in which they were declared. */
  list(search: ActivitySearch & { readonly after: string | null }): Promise<StoredActivity[]>;
  /** Only what was decided, the latest decision first. */
  decided(
    search: ActivitySearch & {
      readonly after: { readonly decidedAt: number; readonly activityId: string } | null;
    },
  ): Promise<StoredActivity[]>;
  /** Approved ones of these learners, whose last day lies in these days, both included; in the order of last days. */
  approvedWithin(
    learnerIds: readonly LearnerId[],
    fromDay: DayNumber,
    toDay: DayNumber,
  ): Promise<StoredActivity[]>;
  /** What else these learners have on the days of an event, or by its title (T20). */
  similar(event: StudyEvent, learnerIds: readonly LearnerId[]): Promise<SimilarStored[]>;
  /** All or nothing; a reference that is there already is changed. A line in a closed year is told, and nothing done. */
  import(
    rows: readonly HistoryImport[],
    by: Authorship,
    dryRun: boolean,
  ): Promise<ImportCount | HistoryRefused>;
}
