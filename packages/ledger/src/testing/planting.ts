import type { SqliteDatabase } from '../database/sqlite.ts';
import { learners, sessionDays, sessions } from '../schema/sqlite.ts';

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

/** For tests: puts sessions and their learners into an empty or filled database. */
export function plantSessions(database: SqliteDatabase, planted: readonly PlantedSession[]): void {
  database.orm.transaction((transaction) => {
    for (const { sessionId, learnerId, coursewareId, openedAt, days, ...given } of planted) {
      const watchedMs = days.reduce((sum, [, ms]) => sum + ms, 0);
      const [day, dayMs] = days.at(-1) ?? [0, 0];
      const lastReportAt = given.lastReportAt ?? openedAt + watchedMs + (days.length - 1) * 24 * HOUR;
      const sealedAs = given.sealedAs === undefined ? 'ended' : given.sealedAs;
      transaction.insert(learners).values({ learnerId, firstSeenAt: openedAt }).onConflictDoNothing().run();
      transaction
        .insert(sessions)
        .values({
          sessionId,
          learnerId,
          coursewareId,
          endTokenHash: '',
          openedAt,
          lastReportAt,
          grewAt: given.grewAt ?? lastReportAt,
          watchedMs,
          forfeitedMs: 0,
          state: 'playing',
          day,
          dayMs,
          sealedAt: sealedAs === null ? null : lastReportAt,
          sealedAs,
        })
        .run();
      for (const [earlier, ms] of days.slice(0, -1)) {
        transaction.insert(sessionDays).values({ sessionId, day: earlier, watchedMs: ms }).run();
      }
    }
  });
}
