import { z } from 'zod';
import { CoursewareKind } from './courseware.ts';
import { CoursewareId, LearnerId, OrganisationId, SessionId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import { Moment, otherwise, WholeNumber } from './values.ts';
import { PlayState } from './viewing.ts';

/** `GET /v1/sessions`: who is viewing now. */
export const ActiveSessionsQuery = z.strictObject({
  ...pageQuery,
  state: z
    .enum(['active'], { error: otherwise('must be active') })
    .meta({ description: 'Not sealed, and heard of within the policy’s `lock` and `release` (R3).' }),
  organisationId: OrganisationId.optional().meta({ description: 'Only the roster of this institute.' }),
});

/** A session that holds its learner’s lock now, as an admin sees it. */
export const ActiveSession = z
  .object({
    sessionId: SessionId,
    learnerId: LearnerId,
    name: z.string().nullable().meta({ description: 'What the roster calls the learner.' }),
    organisationId: OrganisationId.nullable(),
    coursewareId: CoursewareId,
    title: z.string(),
    kind: CoursewareKind,
    presenting: PlayState.meta({ description: 'What the page did at its last report.' }),
    openedAt: Moment,
    lastSeenAt: Moment,
    expiresAt: Moment.meta({ description: 'Silent until then, it no longer holds the lock.' }),
    watchedSeconds: WholeNumber,
  })
  .meta({ id: 'ActiveSession' });
export type ActiveSession = z.infer<typeof ActiveSession>;

export const ActiveSessionsPage = page(ActiveSession, 'ActiveSessionsPage');
export type ActiveSessionsPage = z.infer<typeof ActiveSessionsPage>;
