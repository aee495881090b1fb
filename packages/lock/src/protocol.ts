import {
  type AcceptanceTerms,
  accept,
  type CoursewareId,
  type DayWindow,
  dayOf,
  type Instant,
  type Milliseconds,
  openAccount,
  type SessionId,
  type WatchAccount,
} from '@watchledger/rules';

/**
 * The lock of one learner, as pure transitions: (row, command, now) to (row, reply). The lock in this
 * process runs these functions; the Lua scripts for Redis are their translation, and a differential
 * property test holds the two together.
 */
export interface LockRow extends WatchAccount {
  readonly sessionId: SessionId;
  readonly coursewareId: CoursewareId;
  readonly clientId: string | null;
  readonly openedAt: Instant;
  /** What the last report said the page was doing. */
  readonly state: PresentationState;
  /** Ended sessions stay in the row, marked, so that no late message revives them (R3a). */
  readonly endedAt: Instant | null;
}

export type PresentationState = 'playing' | 'paused' | 'buffering' | 'hidden' | 'idle' | 'ended';

export interface LockTerms extends AcceptanceTerms {
  /** How long a silent session holds the lock. */
  readonly lock: Milliseconds;
  /** How long a session holds the lock without any accepted time (R3). */
  readonly release: Milliseconds;
}

/** What the ledger knows of a session, handed to the lock in case the lock has forgotten it. */
export type KnownSession = LockRow;

export interface OpenCommand {
  readonly sessionId: SessionId;
  readonly coursewareId: CoursewareId;
  readonly clientId: string | null;
  /** Whether to replace another client's active session (policy `take-over`). */
  readonly takeOver: boolean;
  /** The session the learner opened last, and the moment up to which it may have earned. */
  readonly known: {
    readonly session: KnownSession;
    readonly sealed: boolean;
    readonly until: Instant;
  } | null;
}

export type OpenReply =
  | { readonly kind: 'opened'; readonly row: LockRow }
  | { readonly kind: 'held'; readonly row: LockRow; readonly expiresAt: Instant };

export interface ReportCommand {
  readonly sessionId: SessionId;
  /** The client's cumulative claim since its session opened (R2). */
  readonly claimMs: number;
  readonly state: PresentationState;
}

export interface EndCommand {
  readonly sessionId: SessionId;
  /** A last claim, if the page sent one. */
  readonly claimMs: number | null;
}

export type ReportReply =
  /** Absolute totals after the report; `baseAt` is when the report before it arrived. */
  | { readonly kind: 'reported'; readonly row: LockRow; readonly baseAt: Instant; readonly added: Added }
  /** The session has ended, with the totals it ended with; `added` is null when it had ended before. */
  | { readonly kind: 'ended'; readonly row: LockRow; readonly baseAt: Instant; readonly added: Added | null }
  /** The lock does not hold this session: never seen, forgotten, or another one is in its place. */
  | { readonly kind: 'elsewhere' };

/** What one report added to the totals of its session. Only figures for operators are made of it. */
export interface Added {
  readonly watchedMs: Milliseconds;
  readonly forfeitedMs: Milliseconds;
}

export type AdoptReply =
  /** The session is in the lock again, or always was. */
  | 'adopted'
  /** Another session holds the lock now. */
  | 'held';

export interface Step<Reply> {
  /** The row to keep; the row it was given when nothing changed. */
  readonly row: LockRow | null;
  readonly reply: Reply;
}

/** When the session stops holding the lock unless it reports (R3). */
export function expiresAt(
  row: Pick<LockRow, 'lastReportAt' | 'grewAt'>,
  terms: Pick<LockTerms, 'lock' | 'release'>,
): Instant {
  return Math.min(row.lastReportAt + terms.lock, row.grewAt + terms.release) as Instant;
}

/** Whether a row keeps others out at a moment. */
export function isActive(row: LockRow, now: Instant, terms: LockTerms): boolean {
  return row.endedAt === null && now < expiresAt(row, terms);
}

/**
 * Opens a session unless another client's is active (R3). No session opens before the last one could earn.
 * Opening the same session again changes nothing.
 */
export function open(
  row: LockRow | null,
  command: OpenCommand,
  now: Instant,
  days: DayWindow,
  terms: LockTerms,
): Step<OpenReply> {
  if (row !== null && row.sessionId === command.sessionId) return { row, reply: { kind: 'opened', row } };
  const { known } = command;
  const holder = holderOf(row, known);
  const at = Math.max(now, latestMoment(row), known?.until ?? 0) as Instant;
  const replaceable =
    holder === null ||
    !isActive(holder, at, terms) ||
    holder.sessionId === command.sessionId ||
    (holder.clientId !== null && holder.clientId === command.clientId) ||
    command.takeOver;
  if (!replaceable) {
    return { row: holder, reply: { kind: 'held', row: holder, expiresAt: expiresAt(holder, terms) } };
  }
  const opened: LockRow = {
    ...openAccount(at, dayOf(at, days)),
    sessionId: command.sessionId,
    coursewareId: command.coursewareId,
    clientId: command.clientId,
    openedAt: at,
    state: 'playing',
    endedAt: null,
  };
  return { row: opened, reply: { kind: 'opened', row: opened } };
}

/** Accepts a heartbeat of the session in the lock (R2). An expired session that nobody replaced goes on (R3a). */
export function report(
  row: LockRow | null,
  command: ReportCommand,
  now: Instant,
  days: DayWindow,
  terms: LockTerms,
): Step<ReportReply> {
  if (row === null || row.sessionId !== command.sessionId) return { row, reply: { kind: 'elsewhere' } };
  if (row.endedAt !== null)
    return { row, reply: { kind: 'ended', row, baseAt: row.lastReportAt, added: null } };
  const next = moved(row, accept(row, command.claimMs, now, days, terms), command.state, null);
  return {
    row: next,
    reply: { kind: 'reported', row: next, baseAt: row.lastReportAt, added: added(row, next) },
  };
}

/** Ends the session in the lock, after accepting its last claim. Ending again changes nothing. */
export function end(
  row: LockRow | null,
  command: EndCommand,
  now: Instant,
  days: DayWindow,
  terms: LockTerms,
): Step<ReportReply> {
  if (row === null || row.sessionId !== command.sessionId) return { row, reply: { kind: 'elsewhere' } };
  if (row.endedAt !== null)
    return { row, reply: { kind: 'ended', row, baseAt: row.lastReportAt, added: null } };
  const account = command.claimMs === null ? row : accept(row, command.claimMs, now, days, terms);
  const ended = moved(row, account, row.state, Math.max(now, account.lastReportAt) as Instant);
  return {
    row: ended,
    reply: { kind: 'ended', row: ended, baseAt: row.lastReportAt, added: added(row, ended) },
  };
}

/**
 * Puts a session that the ledger still holds unsealed back into the lock. The ledger is the truth about who
 * may earn, so only a newer session that is active (perhaps still being stored) keeps it out. With `repair`
 * the lock's own row of that session is replaced, because the ledger could not continue from it.
 */
export function adopt(
  row: LockRow | null,
  known: KnownSession,
  repair: boolean,
  now: Instant,
  terms: LockTerms,
): Step<AdoptReply> {
  if (row === null) return { row: known, reply: 'adopted' };
  if (row.sessionId === known.sessionId) {
    const keeps = !repair && (row.endedAt !== null || row.lastReportAt >= known.lastReportAt);
    return { row: keeps ? row : known, reply: 'adopted' };
  }
  const newer = row.openedAt >= known.openedAt;
  if (newer && isActive(row, now, terms)) return { row, reply: 'held' };
  return { row: known, reply: 'adopted' };
}

function added(before: WatchAccount, after: WatchAccount): Added {
  return {
    watchedMs: (after.watchedMs - before.watchedMs) as Milliseconds,
    forfeitedMs: (after.forfeitedMs - before.forfeitedMs) as Milliseconds,
  };
}

/** The row with a new account; written out because every heartbeat makes one. */
function moved(
  row: LockRow,
  account: WatchAccount,
  state: PresentationState,
  endedAt: Instant | null,
): LockRow {
  return {
    sessionId: row.sessionId,
    coursewareId: row.coursewareId,
    clientId: row.clientId,
    openedAt: row.openedAt,
    lastReportAt: account.lastReportAt,
    grewAt: account.grewAt,
    watchedMs: account.watchedMs,
    forfeitedMs: account.forfeitedMs,
    day: account.day,
    dayMs: account.dayMs,
    previousDayMs: account.previousDayMs,
    state,
    endedAt,
  };
}

/** Who holds the lock, by the row and by what the ledger knows: the newer of the two says. */
function holderOf(row: LockRow | null, known: OpenCommand['known']): LockRow | null {
  if (known === null) return row;
  if (row !== null && row.sessionId === known.session.sessionId) {
    if (known.sealed || row.endedAt !== null) return null;
    return row.lastReportAt < known.session.lastReportAt ? known.session : row;
  }
  if (row !== null && row.openedAt >= known.session.openedAt) return row;
  return known.sealed ? null : known.session;
}

function latestMoment(row: LockRow | null): number {
  return row === null ? 0 : Math.max(row.lastReportAt, row.endedAt ?? 0);
}
