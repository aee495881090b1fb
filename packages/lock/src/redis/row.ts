import type { CoursewareId, DayNumber, Instant, Milliseconds, SessionId } from '@watchledger/rules';
import type { LockRow, PresentationState } from '../protocol.ts';

/** A row as the 13 texts that row.lua reads, in its order. */
export function encodeRow(row: LockRow): (string | number)[] {
  return [
    row.sessionId,
    row.coursewareId,
    row.clientId ?? '',
    row.openedAt,
    row.lastReportAt,
    row.grewAt,
    row.watchedMs,
    row.forfeitedMs,
    row.day,
    row.dayMs,
    row.previousDayMs,
    row.state,
    row.endedAt ?? '',
  ];
}

/** The row within a reply of row.lua's answer(): after what happened and its moment. */
export function decodeRow(reply: readonly (string | number)[]): LockRow {
  const text = (index: number) => String(reply[index + 2]);
  const number = (index: number) => Number(reply[index + 2]);
  return {
    sessionId: text(0) as SessionId,
    coursewareId: text(1) as CoursewareId,
    clientId: text(2) === '' ? null : text(2),
    openedAt: number(3) as Instant,
    lastReportAt: number(4) as Instant,
    grewAt: number(5) as Instant,
    watchedMs: number(6) as Milliseconds,
    forfeitedMs: number(7) as Milliseconds,
    day: number(8) as DayNumber,
    dayMs: number(9) as Milliseconds,
    previousDayMs: number(10) as Milliseconds,
    state: text(11) as PresentationState,
    endedAt: text(12) === '' ? null : (number(12) as Instant),
  };
}
