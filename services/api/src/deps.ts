import type {
  ActiveSessionsPage,
  CoursewareChange,
  CoursewareFields,
  CoursewareImportRow,
  CoursewareKind,
  CoursewarePage,
  Credits,
  CreditsRow,
  Imported,
  LearnerSession,
  Page,
  PlayState,
  Readiness,
  Session,
  SessionTimeline,
} from '@watchledger/contract';
import type * as product from '@watchledger/usecases';
import type {
  ActiveSessionsInput,
  AllowedCourseware,
  CreditsSearch,
  EndAsAdminInput,
  IfMatch,
  LastReport,
  Playback,
  TaggedCourseware,
} from '@watchledger/usecases';
import type { VerifyToken } from './access/principal.ts';
import type { Meters } from './operations/meters.ts';

/** What the routes need; `services/server` gives it, and tests give fakes. */
export interface ApiDeps {
  readonly useCases: UseCases;
  /** Made by `createTokenVerifier`. */
  readonly verifyToken: VerifyToken;
  /** Made by `createMeters` over the process's registry. */
  readonly meters: Meters;
  /** Web origins that may call from a browser, such as `https://learn.example.org`; `*` allows every one. */
  readonly corsOrigins: readonly string[];
  readonly log: ApiLog;
}

/** Where faults go; pino fits. */
export interface ApiLog {
  /** A store is away; the cause names no learner. */
  warn(fields: { readonly err: unknown }, message: string): void;
  error(
    fields: { readonly err: unknown; readonly method: string; readonly path: string },
    message: string,
  ): void;
}

/** What the product does, as the routes see it. All of them say no by throwing `Problem`. */
export interface UseCases {
  readonly viewing: ViewingUseCases;
  readonly credits: CreditsUseCases;
  readonly courseware: CoursewareUseCases;
  readonly office: OfficeUseCases;
  readonly operations: OperationsUseCases;
}

export interface ViewingUseCases {
  openSession(input: {
    readonly learnerId: string;
    readonly coursewareId: string;
    readonly clientId?: string | undefined;
    readonly takeOver?: boolean | undefined;
    readonly allowedCourseware: AllowedCourseware;
  }): Promise<{ readonly session: Session; readonly endToken: string }>;
  heartbeat(
    input: Playback & {
      readonly sessionId: string;
      readonly learnerId: string;
      /** The claim in milliseconds, cumulative (R2). */
      readonly watchedMs: number;
      readonly state: PlayState;
      readonly rate?: number | undefined;
      readonly allowedCourseware: AllowedCourseware;
    },
  ): Promise<Session>;
  endSession(
    input: LastReport & {
      readonly sessionId: string;
      readonly learnerId: string;
      readonly allowedCourseware: AllowedCourseware;
    },
  ): Promise<Session>;
  endSessionByToken(
    input: LastReport & {
      readonly sessionId: string;
      readonly endToken: string;
    },
  ): Promise<Session>;
  endSessionAsAdmin(input: EndAsAdminInput): Promise<Session>;
  activeSessions(input: ActiveSessionsInput): Promise<ActiveSessionsPage>;
  currentSession(input: {
    readonly learnerId: string;
    readonly allowedCourseware: AllowedCourseware;
  }): Promise<Session>;
}

export interface PageRequest {
  readonly limit: number;
  /** `nextCursor` of the page before, unread; absent: the first page. */
  readonly cursor?: string | undefined;
}

export interface CreditsUseCases {
  learnerCredits(input: {
    readonly learnerId: string;
    readonly organisationId?: string | null | undefined;
    readonly year?: number | undefined;
    readonly allowedCourseware: AllowedCourseware;
  }): Promise<Credits>;
  pageOfCredits(input: CreditsSearch & PageRequest): Promise<Page<CreditsRow>>;
  streamCredits(input: CreditsSearch): AsyncIterable<CreditsRow>;
  learnerSessions(
    input: PageRequest & {
      readonly learnerId: string;
      readonly organisationId?: string | null | undefined;
      /** Days `YYYY-MM-DD`, both inclusive. */
      readonly from?: string | undefined;
      readonly to?: string | undefined;
      readonly coursewareId?: string | undefined;
    },
  ): Promise<Page<LearnerSession>>;
  sessionTimeline(input: {
    readonly sessionId: string;
    /** Whose sessions may be seen; null: anybody's. */
    readonly ownLearnerId: string | null;
    readonly organisationId?: string | null | undefined;
    readonly self?: string | undefined;
    readonly allowedCourseware: AllowedCourseware;
  }): Promise<SessionTimeline>;
}

interface CoursewareCommand {
  /** Who does it, for the audit trail: the token's subject. */
  readonly actor: string;
  readonly id: string;
  /** Absent: nothing is asked. */
  readonly ifMatch?: IfMatch | undefined;
}

export interface CoursewareUseCases {
  putCourseware(
    input: CoursewareCommand & { readonly fields: CoursewareFields; readonly reason?: string | undefined },
  ): Promise<TaggedCourseware & { readonly created: boolean }>;
  patchCourseware(
    input: CoursewareCommand & {
      /** Only what changes; null clears. */
      readonly fields: Partial<CoursewareFields>;
      readonly reason?: string | undefined;
    },
  ): Promise<TaggedCourseware>;
  getCourseware(input: { readonly id: string }): Promise<TaggedCourseware>;
  deleteCourseware(input: CoursewareCommand): Promise<void>;
  listCourseware(
    input: PageRequest & { readonly query?: string | undefined; readonly kind?: CoursewareKind | undefined },
  ): Promise<CoursewarePage>;
  coursewareChanges(input: PageRequest & { readonly id: string }): Promise<Page<CoursewareChange>>;
  /** All or nothing; an id that stands in two rows is refused. */
  importCourseware(input: {
    readonly actor: string;
    readonly rows: readonly CoursewareImportRow[];
    readonly dryRun: boolean;
  }): Promise<Imported>;
}

/** A use-case that has its context already. */
type Bound<UseCase> = UseCase extends (context: never) => infer Result
  ? () => Result
  : UseCase extends (context: never, input: infer Input) => infer Result
    ? (input: Input) => Result
    : never;

/** What offices do: the roster, activities, trainings, exams, records, years, previews, the audit trail. */
export type OfficeUseCases = { readonly [Name in OfficeUseCase]: Bound<(typeof product)[Name]> } & {
  /** Rows of learners with what the roster says of them. */
  namesOf<Row extends { readonly learnerId: string }>(input: {
    readonly rows: AsyncIterable<Row>;
  }): AsyncIterable<product.Named<Row>>;
};

export type OfficeUseCase =
  | 'putOrganisation'
  | 'getOrganisation'
  | 'listOrganisations'
  | 'putLearner'
  | 'getLearner'
  | 'listLearners'
  | 'me'
  | 'importLearners'
  | 'declareActivity'
  | 'patchActivity'
  | 'submitActivity'
  | 'withdrawActivity'
  | 'getActivity'
  | 'listActivities'
  | 'reviewActivity'
  | 'importHistory'
  | 'uploadEvidence'
  | 'readEvidence'
  | 'describeEvidence'
  | 'putTraining'
  | 'deleteTraining'
  | 'getTraining'
  | 'listTrainings'
  | 'trainingTerms'
  | 'importTrainings'
  | 'enrol'
  | 'cancelEnrolment'
  | 'rateTraining'
  | 'enrolmentsOfLearner'
  | 'decideEnrolments'
  | 'listEnrolments'
  | 'putExam'
  | 'unreadNotices'
  | 'readNotices'
  | 'learnerRecord'
  | 'streamRecords'
  | 'statistics'
  | 'listYears'
  | 'closeYear'
  | 'reopenYear'
  | 'compareYear'
  | 'previewPutCourseware'
  | 'previewPatchCourseware'
  | 'previewLimits'
  | 'previewReview'
  | 'previewTraining'
  | 'previewEnrolments'
  | 'auditTrail';

export interface OperationsUseCases {
  ready(): Promise<Readiness>;
}
