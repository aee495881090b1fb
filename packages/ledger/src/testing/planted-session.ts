const HOUR = 3_600_000;

/** For tests: a session as viewing leaves it behind, ended at its last report. */
export interface PlantedSession {
  readonly sessionId: string;
  readonly learnerId: string;
  readonly coursewareId: string;
  readonly openedAt: number;
  /** Accepted milliseconds by day, ascending; the last is the session's latest day. */
  readonly days: readonly (readonly [day: number, ms: number])[];
  /** When the last report came and time was last accepted; by default after all that was watched. */
  readonly lastReportAt?: number;
  readonly grewAt?: number;
  readonly sealedAs?: 'ended' | 'superseded' | null;
}

/** The rows that a planted session makes, in either database. */
export function rowsOf({ days, openedAt, ...planted }: PlantedSession) {
  const { sessionId, learnerId, coursewareId } = planted;
  const watchedMs = days.reduce((sum, [, ms]) => sum + ms, 0);
  const [day, dayMs] = days.at(-1) ?? [0, 0];
  const lastReportAt = planted.lastReportAt ?? openedAt + watchedMs + (days.length - 1) * 24 * HOUR;
  const sealedAs = planted.sealedAs === undefined ? 'ended' : planted.sealedAs;
  return {
    learner: { learnerId, firstSeenAt: openedAt },
    session: {
      sessionId,
      learnerId,
      coursewareId,
      endTokenHash: '',
      openedAt,
      lastReportAt,
      grewAt: planted.grewAt ?? lastReportAt,
      watchedMs,
      forfeitedMs: 0,
      state: 'playing',
      day,
      dayMs,
      sealedAt: sealedAs === null ? null : lastReportAt,
      sealedAs,
    },
    earlier: days.slice(0, -1).map(([earlier, ms]) => ({ sessionId, day: earlier, watchedMs: ms })),
  };
}
