import type {
  Activity,
  ActivityDetails,
  ActivityState,
  Category,
  DeclareActivity,
  Imported,
  PatchActivity,
  Preview,
  ReviewActivity,
} from '@watchledger/contract';
import type { DryRun, Requests } from './requests.ts';
import { conditional, type IfMatch } from './tags.ts';

/** An activity and the entity tag to give back as `ifMatch`. */
export interface TaggedActivity<Shown = Activity> {
  readonly activity: Shown;
  readonly etag: string;
}

export interface DeclareOptions {
  /** Keep it from the reviewers until it is submitted. */
  readonly draft?: boolean;
  /** Names the request, in up to 200 printable ASCII characters: sent again, nothing is declared twice. */
  readonly idempotencyKey?: string;
}

/**
 * Hours that learners declare and reviewers decide about (R10). Declaring and correcting need a learner's own token
 * (`watch`), reviewing needs `review`; an activity can be read by both. Durations are whole seconds, days `YYYY-MM-DD`.
 */
export interface ActivitiesClient {
  /**
   * Declares an activity, and submits it unless it is a `draft`.
   * @example declareActivity(
   *   { category: 'self-study', title: 'A textbook', from: '2026-03-01', to: '2026-03-02', seconds: 7200 },
   *   { idempotencyKey: formId },
   * )
   */
  declareActivity(declared: DeclareActivity, options?: DeclareOptions): Promise<TaggedActivity>;
  /** Corrects it until it was reviewed; null clears an optional field. */
  patchActivity(id: string, changes: PatchActivity, options?: IfMatch): Promise<TaggedActivity>;
  /** Hands a draft to the reviewers. */
  submitActivity(id: string, options?: IfMatch): Promise<TaggedActivity>;
  /** Takes it back until it was reviewed. */
  withdrawActivity(id: string, options?: IfMatch): Promise<void>;

  /** A reviewer is shown in `similar` what may be the same event. */
  getActivity(id: string): Promise<TaggedActivity<ActivityDetails>>;
  /** A learner's own, or for a reviewer those of their institute, in the order in which they were declared. */
  listActivities(search?: {
    readonly state?: ActivityState;
    readonly learnerId?: string;
    readonly category?: Category;
    /** Of the roster of this institute. */
    readonly organisationId?: string;
    /** Part of the title, or of the learner's name or id, in any case. */
    readonly query?: string;
    readonly decidedBy?: string;
    /** `decided`: only what was decided, the latest decision first. */
    readonly order?: 'declared' | 'decided';
  }): AsyncIterable<Activity>;

  /** Approves, approves fewer hours, or rejects. What somebody else has decided is corrected with `ifMatch` alone. */
  reviewActivity(id: string, review: ReviewActivity, options?: IfMatch): Promise<TaggedActivity>;
  /** What that decision would change, without deciding. */
  previewReview(id: string, review: ReviewActivity, options?: IfMatch): Promise<Preview>;
  /**
   * Approved hours that were recorded elsewhere, as CSV; needs `review`. All or nothing, and the same `reference` of
   * the same learner again is a correction. Every bad line is named in `problem.errors`.
   * @example importHistory(
   *   'reference,learnerId,category,title,from,to,hours\nhr-1,u-17,offline,A course,2025-05-01,2025-05-02,1h30m\n',
   * )
   */
  importHistory(csv: string, options?: DryRun): Promise<Imported>;
}

export function activitiesClient({ send, json, tagged, items, importCsv }: Requests): ActivitiesClient {
  const activity = async <Shown = Activity>(
    call: Parameters<typeof tagged>[0],
  ): Promise<TaggedActivity<Shown>> => {
    const { body, etag } = await tagged<Shown>(call);
    return { activity: body, etag };
  };

  return {
    declareActivity: (declared, { draft, idempotencyKey } = {}) =>
      activity({
        method: 'POST',
        path: ['activities'],
        query: { draft },
        body: declared,
        headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
      }),
    patchActivity: (id, changes, condition) =>
      activity({
        method: 'PATCH',
        path: ['activities', id],
        body: changes,
        headers: conditional(condition),
      }),
    submitActivity: (id, condition) =>
      activity({ method: 'POST', path: ['activities', id, 'submit'], headers: conditional(condition) }),
    withdrawActivity: async (id, condition) => {
      await send({ method: 'DELETE', path: ['activities', id], headers: conditional(condition) });
    },

    getActivity: (id) => activity<ActivityDetails>({ path: ['activities', id] }),
    listActivities: (search) => items({ path: ['activities'], query: { ...search } }),

    reviewActivity: (id, review, condition) =>
      activity({
        method: 'POST',
        path: ['activities', id, 'review'],
        body: review,
        headers: conditional(condition),
      }),
    previewReview: (id, review, condition) =>
      json({
        method: 'POST',
        path: ['activities', id, 'review'],
        query: { preview: true },
        body: review,
        headers: conditional(condition),
      }),
    importHistory: (csv, options) => importCsv(['activities', 'import'], csv, options),
  };
}
