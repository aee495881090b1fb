import { z } from 'zod';
import { CoursewareKind } from './courseware.ts';
import { ClientId, CoursewareId, LearnerId, SessionId } from './ids.ts';
import { displayText, Moment, otherwise, WholeNumber } from './values.ts';

/** What the page is doing, in the words of a heartbeat. */
export const PlayState = z
  .enum(['playing', 'paused', 'buffering', 'hidden', 'idle', 'ended'], {
    error: otherwise('must be one of playing, paused, buffering, hidden, idle, ended'),
  })
  .meta({ id: 'PlayState' });
export type PlayState = z.infer<typeof PlayState>;

const watchedMs = z
  .number({ error: otherwise('must be a whole number of milliseconds') })
  .refine(Number.isSafeInteger, 'must be a whole number of milliseconds')
  .min(0, 'must not be negative')
  .meta({
    type: 'integer',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'The client’s claim: what was watched since the session opened, in total (R2).',
  });

/** Seconds into the media, with fractions. */
const mediaSecond = z.number().min(0, 'must not be negative').max(1e9, 'must be at most 1000000000');

const position = mediaSecond.optional().meta({
  description: 'Seconds into the media; it neither adds nor takes time. With `played`: where to go on from.',
});

const playedRange = z
  .tuple([mediaSecond, mediaSecond], { error: otherwise('must be a pair [from, to]') })
  .refine(([from, to]) => from < to, { path: [1], message: 'must be more than from' })
  .meta({ minItems: 2, maxItems: 2, description: '`[from, to]`, in seconds; `from` is less than `to`.' });

const played = z.array(playedRange).max(100, 'must have at most 100 ranges').optional().meta({
  description:
    'Which parts of the media were played and not acknowledged yet. Repeats are harmless; it earns nothing. The answer then tells the courseware’s `coverageSeconds` and `resumeAt`.',
});

/** `POST /v1/sessions` */
export const OpenSession = z
  .object({
    coursewareId: CoursewareId,
    clientId: ClientId.optional(),
    takeOver: z
      .boolean()
      .optional()
      .meta({ description: 'Take the lock from the active session, where the policy allows it (R3).' }),
  })
  .meta({ id: 'OpenSession', description: 'Unknown members are ignored.' });
export type OpenSession = z.infer<typeof OpenSession>;

/** `POST /v1/sessions/{id}/heartbeats` */
export const Heartbeat = z
  .object({
    watchedMs,
    state: PlayState,
    position,
    played,
    rate: z
      .number()
      .min(-100, 'must be from -100 to 100')
      .max(100, 'must be from -100 to 100')
      .optional()
      .meta({ description: 'Playback speed; it never multiplies time (R1).' }),
  })
  .meta({ id: 'Heartbeat', description: 'Unknown members are ignored.' });
export type Heartbeat = z.infer<typeof Heartbeat>;

const leftAs = PlayState.optional().meta({
  description: 'What the page presented at last: after `ended` there is nowhere to go on from.',
});

const whyEnded = displayText(500).optional().meta({
  description: 'Why an admin ends somebody’s session, for the audit trail; of a learner it is not kept.',
});

/** `POST /v1/sessions/{id}/end` with the learner's token, or an admin's. */
export const EndSession = z
  .object({ watchedMs: watchedMs.optional(), state: leftAs, position, played, reason: whyEnded })
  .meta({ id: 'EndSession', description: 'Unknown members are ignored.' });
export type EndSession = z.infer<typeof EndSession>;

/** `POST /v1/sessions/{id}/end` as `text/plain` from a page that is going away. */
export const EndSessionByToken = z
  .object({
    endToken: z.string().min(1, 'must not be empty').max(512, 'is too long'),
    watchedMs: watchedMs.optional(),
    state: leftAs,
    position,
    played,
  })
  .meta({ id: 'EndSessionByToken', description: 'Unknown members are ignored.' });
export type EndSessionByToken = z.infer<typeof EndSessionByToken>;

export const SessionState = z
  .enum(['active', 'expired', 'superseded', 'ended'])
  .meta({ id: 'SessionState', description: 'An expired session goes on with its next heartbeat.' });
export type SessionState = z.infer<typeof SessionState>;

/** Why time reported now would not be credited: the first that applies. */
export const NotCrediting = z
  .enum([
    'session-superseded',
    'paused',
    'hidden',
    'idle',
    'buffering',
    'year-closed',
    'courseware-limit-reached',
    'online-cap-reached',
  ])
  .meta({ id: 'NotCrediting' });
export type NotCrediting = z.infer<typeof NotCrediting>;

export const Session = z
  .object({
    sessionId: SessionId,
    learnerId: LearnerId,
    coursewareId: CoursewareId,
    state: SessionState,
    openedAt: Moment,
    lastSeenAt: Moment,
    expiresAt: Moment,
    serverTime: Moment,
    heartbeatMs: WholeNumber.meta({ description: 'The pace that the service asks for.' }),
    lockMs: WholeNumber.meta({ description: 'After so long without a heartbeat the lock is free.' }),
    watchedMs: WholeNumber.meta({ description: 'What was accepted of the claims (R2).' }),
    crediting: z.boolean().meta({ description: 'True only if time reported now would be credited.' }),
    reason: NotCrediting.nullable(),
    courseware: z.object({
      title: z.string(),
      kind: CoursewareKind,
      limitSeconds: WholeNumber,
      creditedSeconds: WholeNumber,
      remainingSeconds: WholeNumber,
      coverageSeconds: WholeNumber.optional().meta({
        description:
          'How much of the media the learner has played, in all sessions, each part once. Told of a session that is opened or asked for, and in answer to a report with `played`; absent elsewhere.',
      }),
      resumeAt: z.number().min(0).nullable().optional().meta({
        description:
          'Where to go on from, in seconds into the media; null: nothing was played yet, or it was played to the end. Told together with `coverageSeconds`.',
      }),
    }),
    online: z.object({
      year: z.int(),
      capSeconds: WholeNumber.nullable(),
      creditedSeconds: WholeNumber,
      remainingSeconds: WholeNumber.nullable(),
    }),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** The answer to opening: the session, and the secret that ends it without a token. */
export const OpenedSession = Session.extend({
  endToken: z.string().meta({ description: 'Ends this session, and nothing else, without a bearer token.' }),
}).meta({ id: 'OpenedSession' });
export type OpenedSession = z.infer<typeof OpenedSession>;

/** Member `active` of `parallel-viewing`; what a token bound to courseware may not see is left out. */
export const ActiveViewing = z
  .object({
    coursewareId: CoursewareId.optional(),
    title: z.string().optional(),
    openedAt: Moment,
    lastSeenAt: Moment,
    expiresAt: Moment,
    canTakeOver: z.boolean(),
  })
  .meta({ id: 'ActiveViewing' });
export type ActiveViewing = z.infer<typeof ActiveViewing>;
