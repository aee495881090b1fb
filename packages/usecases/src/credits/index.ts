export type { CreditsContext } from './context.ts';
export { type LearnerCreditsInput, learnerCredits } from './learner-credits.ts';
export { type LearnerSessionsInput, learnerSessions } from './learner-sessions.ts';
export type { CreditsSearch } from './many-learners.ts';
export { type PageOfCreditsInput, pageOfCredits } from './page-of-credits.ts';
export { type SessionTimelineInput, sessionTimeline } from './session-timeline.ts';
export { streamCredits } from './stream-credits.ts';
