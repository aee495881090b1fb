import type {
  CoursewareId,
  DayNumber,
  DayWindow,
  Instant,
  Milliseconds,
  SessionId,
} from '@watchledger/rules';
import type { Added, LockRow, PresentationState } from '../protocol.ts';

/** A row as the text that row.lua reads. */
export function encodeRow(row: LockRow): string {
  return [
    row.sessionId,
    row.coursewareId,
    row.openedAt,
    row.lastReportAt,
    row.grewAt,
    row.watchedMs,
    row.forfeitedMs,
    row.day,
    row.dayMs,
    row.previousDayMs,
    row.state,
    row.endedAt ?? 0,
    row.clientId ?? '',
  ].join(' ');
}

/** What a script answered: what happened, a moment that belongs to it, the row, and what a report added. */
export interface Answer {
  readonly kind: string;
  readonly moment: Instant;
  readonly row: LockRow;
  readonly added: Added | null;
}

export function decodeAnswer(text: string): Answer {
  const words = text.split(' ');
  const word = (index: number) => words[index] ?? '';
  const number = (index: number) => Number(words[index]);
  const endedAt = number(13);
  return {
    kind: word(0),
    moment: number(1) as Instant,
    row: {
      sessionId: word(2) as SessionId,
      coursewareId: word(3) as CoursewareId,
      openedAt: number(4) as Instant,
      lastReportAt: number(5) as Instant,
      grewAt: number(6) as Instant,
      watchedMs: number(7) as Milliseconds,
      forfeitedMs: number(8) as Milliseconds,
      day: number(9) as DayNumber,
      dayMs: number(10) as Milliseconds,
      previousDayMs: number(11) as Milliseconds,
      state: word(12) as PresentationState,
      endedAt: endedAt === 0 ? null : (endedAt as Instant),
      clientId: word(14) === '' ? null : word(14),
    },
    added:
      words.length < 17
        ? null
        : { watchedMs: number(15) as Milliseconds, forfeitedMs: number(16) as Milliseconds },
  };
}

/** Days as the text that acceptance.lua reads. */
export function encodeDays({ firstDay, starts }: DayWindow): string {
  return `${firstDay} ${starts.join(' ')}`;
}
