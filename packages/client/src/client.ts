import type {
  Courseware,
  CoursewareChange,
  CoursewareImported,
  CoursewareKind,
  Credits,
  CreditsRow,
  LearnerSession,
  Page,
  PatchCourseware,
  PutCourseware,
  SessionTimeline,
} from '@watchledger/contract';
import { type Call, type ClientOptions, createSend } from './http.ts';
import { itemsOf } from './pages.ts';

/** A courseware and the entity tag to give back as `ifMatch`. */
export interface TaggedCourseware {
  readonly courseware: Courseware;
  readonly etag: string;
}

/** Change only if nobody else did since this entity tag was read; else `precondition-failed`. */
export interface IfMatch {
  readonly ifMatch?: string;
}

export interface WatchLedgerClient {
  /** Credits of one learner in a year (the present one unless told); needs `credits:read`. */
  learnerCredits(learnerId: string, options?: { readonly year?: number }): Promise<Credits>;
  /** Credits of many learners, in the order of their ids; fetched page by page while they are read. */
  credits(search?: {
    readonly year?: number;
    /** At most 200; absent: every learner. */
    readonly learnerIds?: readonly string[];
    readonly below?: 'goal';
  }): AsyncIterable<CreditsRow>;
  /** The sessions behind a learner's figures, newest first. Days are `YYYY-MM-DD`, both inclusive. */
  learnerSessions(
    learnerId: string,
    range?: { readonly from?: string; readonly to?: string },
  ): AsyncIterable<LearnerSession>;
  /** The stretches of one session: what counted, and why the rest did not (R13). */
  sessionTimeline(sessionId: string): Promise<SessionTimeline>;

  getCourseware(id: string): Promise<TaggedCourseware>;
  /** Creates or replaces; needs `courseware:write`, as all that follow. */
  putCourseware(
    id: string,
    fields: PutCourseware,
    options?: IfMatch,
  ): Promise<TaggedCourseware & { readonly created: boolean }>;
  patchCourseware(id: string, changes: PatchCourseware, options?: IfMatch): Promise<TaggedCourseware>;
  deleteCourseware(id: string, options?: IfMatch): Promise<void>;
  listCourseware(search?: {
    readonly query?: string;
    readonly kind?: CoursewareKind;
  }): AsyncIterable<Courseware>;
  coursewareChanges(id: string): AsyncIterable<CoursewareChange>;
  /** All or nothing; every bad line is named in `problem.errors`. */
  importCourseware(csv: string, options?: { readonly dryRun?: boolean }): Promise<CoursewareImported>;
}

const mostOnAPage = 200;

/**
 * A client for back ends. Every method rejects with `WatchLedgerError` where the service says no.
 * @example createClient({ endpoint: 'https://hours.example.org', token: () => mintToken() })
 */
export function createClient(options: ClientOptions): WatchLedgerClient {
  const send = createSend(options);
  const read = async <Body>(call: Call): Promise<Body> => (await send(call)).json();
  const pages = <Item>(path: string, query: Call['query'] = {}): AsyncIterable<Item> =>
    itemsOf((cursor) => read<Page<Item>>({ path, query: { ...query, limit: mostOnAPage, cursor } }));
  const tagged = async (response: Response): Promise<TaggedCourseware> => ({
    courseware: await response.json(),
    etag: response.headers.get('etag') ?? '',
  });

  return {
    learnerCredits: (learnerId, { year } = {}) =>
      read({ path: `/v1/learners/${segment(learnerId)}/credits`, query: { year } }),
    credits: ({ learnerIds, ...search } = {}) => pages('/v1/credits', { ...search, learnerId: learnerIds }),
    learnerSessions: (learnerId, range) => pages(`/v1/learners/${segment(learnerId)}/sessions`, range),
    sessionTimeline: (sessionId) => read({ path: `/v1/sessions/${segment(sessionId)}/timeline` }),

    getCourseware: async (id) => tagged(await send({ path: coursewarePath(id) })),
    putCourseware: async (id, body, condition) => {
      const response = await send({
        method: 'PUT',
        path: coursewarePath(id),
        body,
        headers: conditional(condition),
      });
      return { ...(await tagged(response)), created: response.status === 201 };
    },
    patchCourseware: async (id, body, condition) =>
      tagged(
        await send({ method: 'PATCH', path: coursewarePath(id), body, headers: conditional(condition) }),
      ),
    deleteCourseware: async (id, condition) => {
      await send({ method: 'DELETE', path: coursewarePath(id), headers: conditional(condition) });
    },
    listCourseware: (search) => pages('/v1/courseware', search),
    coursewareChanges: (id) => pages(`${coursewarePath(id)}/changes`),
    importCourseware: (body, { dryRun = false } = {}) =>
      read({
        method: 'POST',
        path: '/v1/courseware/import',
        query: { dryRun: String(dryRun) },
        body,
        headers: { 'content-type': 'text/csv' },
      }),
  };
}

const coursewarePath = (id: string): string => `/v1/courseware/${segment(id)}`;

/** An id as one step of a path. URLs resolve dots even when encoded, so such an id would lead elsewhere. */
function segment(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw new RangeError(`"${id}" cannot be an id.`);
  return encodeURIComponent(id);
}

const conditional = ({ ifMatch }: IfMatch = {}): Record<string, string> =>
  ifMatch === undefined ? {} : { 'if-match': ifMatch };
