import { z } from 'zod';
import { LearnerId, OrganisationId, RecordId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import { CalendarDay, displayText, lines, Moment, otherwise, WholeNumber } from './values.ts';

/** The forms of learning: 网络学习, 在职自学, 线下学习. */
export const Category = z
  .enum(['online', 'self-study', 'offline'], { error: otherwise('must be online, self-study or offline') })
  .meta({ id: 'Category' });
export type Category = z.infer<typeof Category>;

/** External training: 培训, 出国（境）培训, 公派留学. */
export const ActivityKind = z
  .enum(['training', 'overseas-training', 'study-abroad'], {
    error: otherwise('must be training, overseas-training or study-abroad'),
  })
  .meta({ id: 'ActivityKind', description: 'What an external training (offline) was.' });
export type ActivityKind = z.infer<typeof ActivityKind>;

export const ActivityState = z
  .enum(['draft', 'submitted', 'approved', 'rejected', 'withdrawn'], {
    error: otherwise('must be draft, submitted, approved, rejected or withdrawn'),
  })
  .meta({ id: 'ActivityState' });
export type ActivityState = z.infer<typeof ActivityState>;

/** A link that can be opened, without a name or password in it. */
const webAddress = z
  .string()
  .max(2_000, 'must be at most 2000 characters')
  .refine(
    (text) => text.isWellFormed() && !/[\p{Cc}\p{Cf}]/u.test(text) && isWebAddress(text),
    'must be a web address',
  );

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** A link, or a file that was uploaded before. */
export const Evidence = z
  .union([z.strictObject({ url: webAddress }), z.strictObject({ fileId: RecordId })], {
    error: otherwise('must be { url } with a web address, or { fileId } of an uploaded file'),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

const longestActivitySeconds = 366 * 86_400;

const seconds = z
  .int({ error: otherwise('must be a whole number of seconds') })
  .min(0, 'must not be negative')
  .max(longestActivitySeconds, `must be at most ${longestActivitySeconds}`);

const fields = {
  category: Category,
  kind: ActivityKind.nullish(),
  title: displayText(500),
  from: CalendarDay,
  to: CalendarDay.meta({ description: 'The last day: on it approved time counts (R10).' }),
  seconds: seconds.min(1, 'must be at least 1'),
  provider: displayText(200).nullish(),
  place: displayText(200).nullish(),
  country: displayText(100).nullish(),
  note: lines(4_000).nullish(),
  evidence: z.array(Evidence).max(10, 'must be at most 10').optional(),
};

interface Declared {
  readonly category: Category;
  readonly kind?: ActivityKind | null | undefined;
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}

/** What the members of a declaration mean together. */
function checkSense({ category, kind, from, to, seconds }: Declared, context: z.RefinementCtx): void {
  const fault = (member: string, message: string) =>
    context.addIssue({ code: 'custom', path: [member], message });
  if (to < from) {
    fault('to', 'must not be before from');
    return;
  }
  if (to.slice(0, 4) !== from.slice(0, 4)) fault('to', 'must lie in the same year as from (R10)');
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (seconds > days * 86_400) fault('seconds', `must be at most the ${days} days from from to to`);
  if (kind && category !== 'offline') fault('kind', 'is for offline activities alone');
}

/** `POST /v1/activities`: what a learner declares (R10). */
export const DeclareActivity = z.strictObject(fields).superRefine(checkSense).meta({ id: 'DeclareActivity' });
export type DeclareActivity = z.infer<typeof DeclareActivity>;

/** `?draft=true` keeps it from the reviewers. */
export const DeclareQuery = z.strictObject({
  draft: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
});

/** `PATCH /v1/activities/{id}` (RFC 7396): only the fields to change; null clears an optional one. */
export const PatchActivity = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field')
  .meta({ id: 'PatchActivity' });
export type PatchActivity = z.infer<typeof PatchActivity>;

export const Activity = z
  .object({
    activityId: RecordId,
    learnerId: LearnerId,
    category: Category,
    kind: ActivityKind.nullable(),
    title: z.string(),
    from: CalendarDay,
    to: CalendarDay,
    seconds: WholeNumber.meta({ description: 'As declared.' }),
    provider: z.string().nullable(),
    place: z.string().nullable(),
    country: z.string().nullable(),
    note: z.string().nullable(),
    evidence: z.array(Evidence),
    state: ActivityState,
    grantedSeconds: WholeNumber.nullable().meta({ description: 'What counts; null unless approved.' }),
    comment: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: Moment.nullable(),
    submittedAt: Moment.nullable(),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof Activity>;

/** Something else of the same learner that may be the same event (T20). */
export const Similar = z
  .object({
    what: z.enum(['activity', 'training']),
    id: z.string(),
    title: z.string(),
    from: CalendarDay,
    to: CalendarDay,
    state: z.string(),
    seconds: WholeNumber,
    why: z.array(z.enum(['same-title', 'same-days'])),
  })
  .meta({ id: 'Similar' });
export type Similar = z.infer<typeof Similar>;

/** What of one learner may be the same event, where many are decided about at once. */
export const SimilarOfLearner = z
  .object({ learnerId: LearnerId, similar: z.array(Similar) })
  .meta({ id: 'SimilarOfLearner' });
export type SimilarOfLearner = z.infer<typeof SimilarOfLearner>;

/** `GET /v1/activities/{id}`; a reviewer is shown what may be the same event. */
export const ActivityDetails = Activity.extend({ similar: z.array(Similar).optional() }).meta({
  id: 'ActivityDetails',
});
export type ActivityDetails = z.infer<typeof ActivityDetails>;

export const ActivitiesQuery = z.strictObject({
  ...pageQuery,
  state: ActivityState.optional(),
  learnerId: LearnerId.optional(),
  category: Category.optional(),
  organisationId: OrganisationId.optional().meta({ description: 'Of the roster of this institute.' }),
  query: displayText(200)
    .optional()
    .meta({ description: 'Part of the title, or of the learner’s name or id, in any case.' }),
  decidedBy: displayText(128).optional().meta({ description: 'Decided by this reviewer.' }),
  order: z.enum(['declared', 'decided'], { error: 'must be declared or decided' }).optional().meta({
    description:
      '`declared` (unless told otherwise): in that order. `decided`: only what was decided, the latest decision first.',
  }),
});
export const ActivitiesPage = page(Activity, 'ActivitiesPage');
export type ActivitiesPage = z.infer<typeof ActivitiesPage>;

/** `POST /v1/activities/{id}/review` */
export const ReviewActivity = z
  .strictObject({
    decision: z.enum(['approve', 'reject'], { error: otherwise('must be approve or reject') }),
    grantedSeconds: seconds.nullish().meta({ description: 'Absent: all that was declared.' }),
    comment: displayText(1_000).nullish().meta({ description: 'Required where it is rejected.' }),
  })
  .superRefine(({ decision, grantedSeconds, comment }, context) => {
    const fault = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message });
    if (decision === 'reject' && !comment) fault('comment', 'is required where an activity is rejected');
    if (decision === 'reject' && grantedSeconds) fault('grantedSeconds', 'is for approved activities alone');
  })
  .meta({ id: 'ReviewActivity' });
export type ReviewActivity = z.infer<typeof ReviewActivity>;

/** An uploaded file: the answer to `POST /v1/evidence`, and to `GET /v1/evidence/{id}/about`. */
export const EvidenceFile = z
  .object({
    fileId: RecordId,
    name: z.string(),
    mediaType: z.string(),
    bytes: WholeNumber,
    sha256: z.string(),
    uploadedAt: Moment,
  })
  .meta({ id: 'EvidenceFile' });
export type EvidenceFile = z.infer<typeof EvidenceFile>;

export const EvidenceQuery = z.strictObject({
  name: displayText(200).meta({ description: 'What the file is called.' }),
});

/** One line of imported historic hours, read. */
export const HistoryRow = z
  .object({
    reference: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable ASCII characters without spaces'),
    learnerId: LearnerId,
    category: Category,
    kind: ActivityKind.nullable(),
    title: displayText(500),
    from: CalendarDay,
    to: CalendarDay,
    seconds: seconds.min(1, 'must be at least a second'),
  })
  .superRefine(checkSense);
export type HistoryRow = z.infer<typeof HistoryRow>;
