import type {
  Courseware,
  CoursewareChange,
  CoursewareKind,
  Imported,
  ListedCourseware,
  PatchCourseware,
  Preview,
  PutCourseware,
} from '@watchledger/contract';
import type { DryRun, Requests } from './requests.ts';
import { type Created, conditional, type IfAbsent, type IfMatch } from './tags.ts';

/** A courseware and the entity tag to give back as `ifMatch`. */
export interface TaggedCourseware {
  readonly courseware: Courseware;
  readonly etag: string;
}

/** What can be studied online. Reading takes any token, all else `courseware:write`. */
export interface CoursewareClient {
  getCourseware(id: string): Promise<TaggedCourseware>;
  /** Creates or replaces; needs `courseware:write`. */
  putCourseware(
    id: string,
    fields: PutCourseware,
    options?: IfMatch & IfAbsent,
  ): Promise<TaggedCourseware & Created>;
  patchCourseware(id: string, changes: PatchCourseware, options?: IfMatch): Promise<TaggedCourseware>;
  /** Who would gain or lose by a limit in whole seconds, without changing it. */
  previewLimit(id: string, limitSeconds: number, options?: IfMatch): Promise<Preview>;
  /** The same of several together: what a cap takes anyway is gained once. */
  previewLimits(
    items: readonly { readonly coursewareId: string; readonly limitSeconds: number }[],
  ): Promise<Preview>;
  deleteCourseware(id: string, options?: IfMatch): Promise<void>;
  listCourseware(search?: {
    readonly query?: string;
    readonly kind?: CoursewareKind;
  }): AsyncIterable<ListedCourseware>;
  coursewareChanges(id: string): AsyncIterable<CoursewareChange>;
  /** All or nothing; every bad line is named in `problem.errors`. */
  importCourseware(csv: string, options?: DryRun): Promise<Imported>;
}

export const coursewareClient = ({ send, json, tagged, items, importCsv }: Requests): CoursewareClient => ({
  getCourseware: async (id) => {
    const { body: courseware, etag } = await tagged<Courseware>({ path: ['courseware', id] });
    return { courseware, etag };
  },
  putCourseware: async (id, fields, condition) => {
    const { body: courseware, ...rest } = await tagged<Courseware>({
      method: 'PUT',
      path: ['courseware', id],
      body: fields,
      headers: conditional(condition),
    });
    return { courseware, ...rest };
  },
  patchCourseware: async (id, changes, condition) => {
    const { body: courseware, etag } = await tagged<Courseware>({
      method: 'PATCH',
      path: ['courseware', id],
      body: changes,
      headers: conditional(condition),
    });
    return { courseware, etag };
  },
  previewLimit: (id, limitSeconds, condition) =>
    json({
      method: 'PATCH',
      path: ['courseware', id],
      query: { preview: true },
      body: { limitSeconds },
      headers: conditional(condition),
    }),
  previewLimits: (limits) =>
    json({ method: 'POST', path: ['courseware', 'preview'], body: { items: limits } }),
  deleteCourseware: async (id, condition) => {
    await send({ method: 'DELETE', path: ['courseware', id], headers: conditional(condition) });
  },
  listCourseware: (search) => items({ path: ['courseware'], query: { ...search } }),
  coursewareChanges: (id) => items({ path: ['courseware', id, 'changes'] }),
  importCourseware: (csv, options) => importCsv(['courseware', 'import'], csv, options),
});
