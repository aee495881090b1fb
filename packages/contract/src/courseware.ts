import { z } from 'zod';
import { CoursewareId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import { displayText, Moment, otherwise, reason, WholeNumber } from './values.ts';

export const CoursewareKind = z
  .enum(['video', 'document'], { error: otherwise('must be video or document') })
  .meta({ id: 'CoursewareKind' });
export type CoursewareKind = z.infer<typeof CoursewareKind>;

/** 100 000 hours: beyond any courseware, and exact in milliseconds. */
const maxSeconds = 360_000_000;

const seconds = (description: string) =>
  z
    .int({ error: otherwise('must be a whole number of seconds') })
    .min(0, 'must not be negative')
    .max(maxSeconds, `must be at most ${maxSeconds}`)
    .meta({ description });

/** The limit of one courseware, in whole seconds (R4). */
export const LimitSeconds = seconds('The most time that this courseware can earn one learner (R4).');

/** What an admin decides about a courseware; an optional field that is absent or null is cleared. */
export const CoursewareFields = z.strictObject({
  title: displayText(500),
  kind: CoursewareKind,
  limitSeconds: LimitSeconds,
  mediaSeconds: seconds('Length of the media.').nullish(),
  creator: displayText(200).nullish(),
  open: z.boolean().optional().meta({ description: 'Whether it can be watched; absent: true.' }),
});
export type CoursewareFields = z.infer<typeof CoursewareFields>;

/** `PUT /v1/courseware/{id}`: all fields. */
export const PutCourseware = CoursewareFields.extend({ reason }).meta({ id: 'PutCourseware' });
export type PutCourseware = z.infer<typeof PutCourseware>;

/** `PATCH /v1/courseware/{id}` (RFC 7396): only the fields to change; null clears an optional one. */
export const PatchCourseware = CoursewareFields.partial()
  .extend({ reason })
  .refine(({ reason: _, ...fields }) => Object.keys(fields).length > 0, 'must change at least one field')
  .meta({ id: 'PatchCourseware' });
export type PatchCourseware = z.infer<typeof PatchCourseware>;

export const Courseware = z
  .object({
    coursewareId: CoursewareId,
    title: z.string(),
    kind: CoursewareKind,
    limitSeconds: WholeNumber,
    mediaSeconds: WholeNumber.nullable(),
    creator: z.string().nullable(),
    open: z.boolean(),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'Courseware' });
export type Courseware = z.infer<typeof Courseware>;

/** `GET /v1/courseware` */
export const CoursewareQuery = z.strictObject({
  ...pageQuery,
  query: displayText(200).optional().meta({ description: 'Part of the title or of the id, in any case.' }),
  kind: CoursewareKind.optional(),
});
export const ListedCourseware = Courseware.extend({
  etag: z.string().meta({ description: 'The entity tag of this version, for `If-Match`, with its quotes.' }),
}).meta({ id: 'ListedCourseware' });
export type ListedCourseware = z.infer<typeof ListedCourseware>;
export const CoursewarePage = page(ListedCourseware, 'CoursewarePage');
export type CoursewarePage = z.infer<typeof CoursewarePage>;

/** One entry of the audit trail: who changed the limit, when, from what to what (R8). */
export const CoursewareChange = z
  .object({
    changedAt: Moment,
    actor: z.string(),
    action: z.enum(['created', 'updated', 'deleted', 'restored']),
    fromLimitSeconds: WholeNumber.nullable().meta({ description: 'Null where the courseware was created.' }),
    toLimitSeconds: WholeNumber.nullable().meta({ description: 'Null where the courseware was deleted.' }),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CoursewareChange' });
export type CoursewareChange = z.infer<typeof CoursewareChange>;

/** `GET /v1/courseware/{id}/changes`: oldest first. */
export const CoursewareChangesQuery = z.strictObject({ ...pageQuery });
export const CoursewareChangesPage = page(CoursewareChange, 'CoursewareChangesPage');
export type CoursewareChangesPage = z.infer<typeof CoursewareChangesPage>;

/** `POST /v1/courseware/preview`: new limits of several courseware, looked at together. */
export const PreviewLimits = z
  .strictObject({
    items: z
      .array(z.strictObject({ coursewareId: CoursewareId, limitSeconds: LimitSeconds }))
      .min(1, 'must not be empty')
      .max(200, 'must be at most 200'),
  })
  .meta({ id: 'PreviewLimits' });
export type PreviewLimits = z.infer<typeof PreviewLimits>;

/** One line of an imported file, read. */
export const CoursewareImportRow = z.object({
  id: CoursewareId,
  title: displayText(500),
  kind: CoursewareKind,
  limitSeconds: LimitSeconds,
});
export type CoursewareImportRow = z.infer<typeof CoursewareImportRow>;
