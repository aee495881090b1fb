import type { MediaRange } from '@watchledger/rules';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AuditedChange } from '../audit/port.ts';
import { exactInteger } from '../database/exact-integer.ts';

/** Text that is compared and ordered byte by byte, whatever the language of the database. */
const bytes = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A 64-bit integer that is a number here: moments, durations, days, counters. */
const whole = customType<{ data: number; driverData: string | number }>({
  dataType: () => 'bigint',
  fromDriver: exactInteger,
});

/** Learners seen so far; the roster (names, institutes) adds columns to this. */
export const learners = pgTable('learners', {
  learnerId: bytes('learner_id').primaryKey(),
  firstSeenAt: whole('first_seen_at').notNull(),
});

/**
 * One row per viewing. `dayMs` is what was accepted on `day`, the latest day of the session;
 * earlier days are in `session_days`, so a session within one day is one row and one write.
 */
export const sessions = pgTable(
  'sessions',
  {
    sessionId: uuid('session_id').primaryKey(),
    learnerId: bytes('learner_id').notNull(),
    coursewareId: bytes('courseware_id').notNull(),
    clientId: text('client_id'),
    endTokenHash: text('end_token_hash').notNull(),
    openedAt: whole('opened_at').notNull(),
    lastReportAt: whole('last_report_at').notNull(),
    grewAt: whole('grew_at').notNull(),
    watchedMs: whole('watched_ms').notNull(),
    forfeitedMs: whole('forfeited_ms').notNull(),
    day: whole('day').notNull(),
    dayMs: whole('day_ms').notNull(),
    /** What the last report said the page was doing. */
    state: text('state').notNull(),
    sealedAt: whole('sealed_at'),
    sealedAs: text('sealed_as', { enum: ['ended', 'superseded'] }),
    /** Moves when facts outside this session change what its learner is credited. */
    factsRevision: whole('facts_revision').notNull().default(0),
  },
  (table) => [
    uniqueIndex('sessions_one_unsealed_per_learner').on(table.learnerId).where(sql`sealed_at is null`),
    index('sessions_by_learner').on(table.learnerId, table.openedAt),
    check('sessions_within_wall_clock', sql`watched_ms <= last_report_at - opened_at`),
    check('sessions_day_within_total', sql`day_ms between 0 and watched_ms`),
    check('sessions_nothing_after_sealing', sql`sealed_at is null or last_report_at <= sealed_at`),
    check('sessions_sealed_somehow', sql`(sealed_at is null) = (sealed_as is null)`),
  ],
);

/** Accepted time of a session on the days before its latest. */
export const sessionDays = pgTable(
  'session_days',
  {
    sessionId: uuid('session_id').notNull(),
    day: whole('day').notNull(),
    watchedMs: whole('watched_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.day] }),
    check('session_days_positive', sql`watched_ms > 0`),
  ],
);

/**
 * The intervals between two reports of a session in which something changed: what the page presented, or that less
 * was accepted than went by (R13). The database itself adds them, by a trigger on `sessions`; while a session simply
 * goes on, there is none.
 */
export const sessionTurns = pgTable(
  'session_turns',
  {
    sessionId: uuid('session_id').notNull(),
    /** The later of the two reports. */
    at: whole('at').notNull(),
    since: whole('since').notNull(),
    watchedBeforeMs: whole('watched_before_ms').notNull(),
    watchedAfterMs: whole('watched_after_ms').notNull(),
    stateBefore: text('state_before').notNull(),
    stateAfter: text('state_after').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.at] })],
);

/**
 * Which parts of a courseware a learner has played in all sessions, and where they were last. A row is the union of
 * what pages have told; no credit depends on it.
 */
export const coverage = pgTable(
  'coverage',
  {
    learnerId: bytes('learner_id').notNull(),
    coursewareId: bytes('courseware_id').notNull(),
    ranges: jsonb('ranges').$type<readonly MediaRange[]>().notNull(),
    /** Null: at the end, or nobody has told. */
    positionMs: whole('position_ms'),
    /** The report that the position is from. */
    toldAt: whole('told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.coursewareId] }),
    check('coverage_position_was_told', sql`position_ms is null or told_at is not null`),
  ],
);

export const courseware = pgTable('courseware', {
  coursewareId: bytes('courseware_id').primaryKey(),
  title: bytes('title').notNull(),
  kind: text('kind', { enum: ['video', 'document'] }).notNull(),
  limitMs: whole('limit_ms').notNull(),
  mediaSeconds: whole('media_seconds'),
  creator: text('creator'),
  open: boolean('open').notNull(),
  /** Hidden (deleted) courseware keeps its facts. */
  hiddenAt: whole('hidden_at'),
  version: whole('version').notNull(),
  createdAt: whole('created_at').notNull(),
  updatedAt: whole('updated_at').notNull(),
});

/** Who changed what, when, from what, to what (R8). Rows are only ever added. */
export const audit = pgTable(
  'audit',
  {
    sequence: bigint('sequence', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    at: whole('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectKind: bytes('subject_kind').notNull(),
    subjectId: bytes('subject_id').notNull(),
    changes: jsonb('changes').$type<readonly AuditedChange[]>().notNull(),
    reason: text('reason'),
  },
  (table) => [index('audit_by_subject').on(table.subjectKind, table.subjectId, table.sequence)],
);

/** Counters that move when something many learners depend on changes: limits, policies, closed years. */
export const revisions = pgTable('revisions', {
  name: bytes('name').primaryKey(),
  value: whole('value').notNull(),
});

/** The policies with their time in force; the last one is in force now (R9). */
export const policies = pgTable('policies', {
  sequence: bigint('sequence', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  inForceFrom: whole('in_force_from').notNull(),
  policy: text('policy').notNull(),
});
