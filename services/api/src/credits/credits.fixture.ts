import type { CreditsRow } from '@watchledger/contract';

/** A year of one learner; only the watched time differs between learners. */
export const creditsOf = (learnerId: string, watchedSeconds = 0): CreditsRow => ({
  learnerId,
  year: 2026,
  closed: false,
  online: {
    watchedSeconds,
    declaredSeconds: 0,
    trainingSeconds: 0,
    seconds: watchedSeconds,
    creditedSeconds: watchedSeconds,
    creditedMinutes: Math.floor(watchedSeconds / 60),
    capSeconds: 180_000,
    remainingSeconds: 180_000 - watchedSeconds,
  },
  selfStudy: { seconds: 0, creditedSeconds: 0, capSeconds: 36_000, remainingSeconds: 36_000 },
  offline: {
    externalSeconds: 0,
    trainingSeconds: 0,
    seconds: 0,
    creditedSeconds: 0,
    capSeconds: null,
    remainingSeconds: null,
  },
  total: {
    seconds: watchedSeconds,
    creditedSeconds: watchedSeconds,
    goalSeconds: 360_000,
    missingSeconds: 360_000 - watchedSeconds,
  },
});
