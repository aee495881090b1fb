import type { Credits, CreditsRow, LearnerSession, SessionTimeline, Statistics } from '@watchledger/contract';
import type { Requests } from './requests.ts';

/** What learners are credited, and why. Anybody’s takes `credits:read`, one’s own `watch`. */
export interface CreditsClient {
  /** Credits of one learner in a year (the present one unless told). */
  learnerCredits(learnerId: string, options?: { readonly year?: number }): Promise<Credits>;
  /**
   * Credits of many learners, in the order of their ids; fetched page by page while they are read.
   * Needs `credits:read`.
   */
  credits(search?: {
    readonly year?: number;
    /** At most 200; absent: every learner. */
    readonly learnerIds?: readonly string[];
    /** Only the roster of this institute. */
    readonly organisationId?: string;
    /** Only those who miss credited time to the goal. */
    readonly below?: 'goal';
  }): AsyncIterable<CreditsRow>;
  /** A year of everybody, or of an institute, in figures that name nobody. Needs `credits:read`. */
  statistics(search?: { readonly year?: number; readonly organisationId?: string }): Promise<Statistics>;
  /** The sessions behind a learner's figures, newest first. Days are `YYYY-MM-DD`, both inclusive. */
  learnerSessions(
    learnerId: string,
    search?: { readonly from?: string; readonly to?: string; readonly coursewareId?: string },
  ): AsyncIterable<LearnerSession>;
  /** The stretches of one session: what counted, and why the rest did not (R13). */
  sessionTimeline(sessionId: string): Promise<SessionTimeline>;
}

export const creditsClient = ({ json, items }: Requests): CreditsClient => ({
  learnerCredits: (learnerId, { year } = {}) =>
    json({ path: ['learners', learnerId, 'credits'], query: { year } }),
  credits: ({ learnerIds, ...search } = {}) =>
    items({ path: ['credits'], query: { ...search, learnerId: learnerIds } }),
  statistics: (search) => json({ path: ['statistics'], query: { ...search } }),
  learnerSessions: (learnerId, search) =>
    items({ path: ['learners', learnerId, 'sessions'], query: { ...search } }),
  sessionTimeline: (sessionId) => json({ path: ['sessions', sessionId, 'timeline'] }),
});
