export type { ViewingContext } from './context.ts';
export { type CurrentSessionInput, currentSession } from './current-session.ts';
export {
  type EndSessionByTokenInput,
  type EndSessionInput,
  endSession,
  endSessionByToken,
  type LastReport,
} from './end-session.ts';
export { type HeartbeatInput, heartbeat } from './heartbeat.ts';
export { type OpenSessionInput, openSession } from './open-session.ts';
export type { Playback } from './played.ts';
export { createStandings, type Standings } from './standings.ts';
export {
  type ActiveSessionsInput,
  activeSessions,
  type EndAsAdminInput,
  endSessionAsAdmin,
  type SupervisionContext,
} from './supervision.ts';
