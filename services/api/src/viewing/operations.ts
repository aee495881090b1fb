import {
  ActiveSessionsPage,
  ActiveSessionsQuery,
  EndSession,
  EndSessionByToken,
  Heartbeat,
  OpenedSession,
  OpenSession,
  Session,
  SessionId,
} from '@watchledger/contract';
import { z } from 'zod';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Viewing';
const scope = 'watch';
export const SessionPath = z.object({ id: SessionId });

export const openSession = {
  method: 'post',
  path: '/v1/sessions',
  tag,
  scope,
  summary: 'Open a viewing session',
  description:
    'Takes the learner’s one lock (R3). The same client opening again replaces its own session at once, so a lost answer or a reload never meets its own lock. `parallel-viewing` carries `active`: what is open, until when it holds, and whether it may be taken over.',
  body: OpenSession,
  answers: { 201: jsonAnswer('The session, and the secret that ends it without a token.', OpenedSession) },
  problems: ['courseware-not-found', 'courseware-closed', 'parallel-viewing'],
} as const satisfies Operation;

export const heartbeat = {
  method: 'post',
  path: '/v1/sessions/{id}/heartbeats',
  tag,
  scope,
  summary: 'Report what was watched',
  description:
    'Cumulative: a lost heartbeat is healed by the next, a repeated one is harmless (R2). What was answered 200 is durable. With `played` the courseware’s `coverageSeconds` and `resumeAt` are told, too; a session that is over still keeps what was played. `session-superseded` and `session-ended` carry `session` with the final figures.',
  params: SessionPath,
  body: Heartbeat,
  answers: { 200: jsonAnswer('The session after this report.', Session) },
  problems: ['session-not-found', 'session-superseded', 'session-ended'],
} as const satisfies Operation;

export const endSession = {
  method: 'post',
  path: '/v1/sessions/{id}/end',
  tag,
  scope: 'watch, or admin',
  summary: 'End a session',
  description:
    'With the bearer token; or, from a page that is going away, as `text/plain` JSON with the session’s `endToken` and without it. Ending again answers the same figures; a session that another has replaced stays `superseded`. The learner may end their own session from any device; a token with `admin` ends anybody’s of its institute, which is kept in the audit trail: what was accepted stays, and the page is told `session-ended`.',
  params: SessionPath,
  body: EndSession,
  bodyOptional: true,
  otherBodies: { 'text/plain': EndSessionByToken },
  answers: { 200: jsonAnswer('The ended session.', Session) },
  problems: ['session-not-found'],
} as const satisfies Operation;

export const activeSessions = {
  method: 'get',
  path: '/v1/sessions',
  tag,
  scope: 'admin',
  summary: 'Who is viewing now',
  description: 'A token with `org` sees the roster of its institute.',
  query: ActiveSessionsQuery,
  answers: { 200: jsonAnswer('In the order of learner ids, byte by byte.', ActiveSessionsPage) },
} as const satisfies Operation;

export const currentSession = {
  method: 'get',
  path: '/v1/sessions/current',
  tag,
  scope,
  summary: 'What the learner is watching now',
  answers: { 200: jsonAnswer('The active session.', Session) },
  problems: ['no-active-session'],
} as const satisfies Operation;
