import { z } from 'zod';
import { page, pageQuery } from './paging.ts';
import { Moment, WholeNumber } from './values.ts';

/** What a reviewer decided about something of a learner's. */
export const Notice = z
  .object({
    what: z.enum(['activity', 'enrolment']),
    id: z.string().meta({ description: 'The `activityId`, or the `trainingId` that the enrolment is in.' }),
    title: z.string(),
    decision: z.enum(['approved', 'confirmed', 'rejected']),
    seconds: WholeNumber.meta({ description: 'What counts by that decision; 0 where it was rejected.' }),
    declaredSeconds: WholeNumber.nullable().meta({ description: 'Of an activity, as it was declared.' }),
    reason: z.string().nullable(),
    at: Moment,
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof Notice>;

/** `GET /v1/notices` */
export const NoticesQuery = z.strictObject({ ...pageQuery });
export const NoticesPage = page(Notice, 'NoticesPage').extend({
  unread: WholeNumber.meta({ description: 'How many there are on all pages.' }),
});
export type NoticesPage = z.infer<typeof NoticesPage>;

/** `PUT /v1/notices/read` */
export const ReadNotices = z
  .strictObject({
    until: Moment.refine((text) => Date.parse(text) >= 0, 'must be from 1970 on')
      .optional()
      .meta({ description: 'Decisions up to this moment were read; absent: all of them until now.' }),
  })
  .meta({ id: 'ReadNotices' });
export type ReadNotices = z.infer<typeof ReadNotices>;

/** Up to which moment a learner has read. */
export const NoticesRead = z.object({ readUntil: Moment }).meta({ id: 'NoticesRead' });
export type NoticesRead = z.infer<typeof NoticesRead>;
