import type { MediaRange } from '@watchledger/rules';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AuditedChange } from '../audit/port.ts';

/** Learners seen so far; the roster (names, institutes) adds columns to this. */
export const learners = sqliteTable('learners', {
  learnerId: text('learner_id').primaryKey(),
  firstSeenAt: integer('first_seen_at').notNull(),
});

/**
 * One row per viewing. `dayMs` is what was accepted on `day`, the latest day of the session;
 * earlier days are in `session_days`, so a session within one day is one row and one write.
 */
export const sessions = sqliteTable(
  'sessions',
  {
    sessionId: text('session_id').primaryKey(),
    learnerId: text('learner_id').notNull(),
    coursewareId: text('courseware_id').notNull(),
    clientId: text('client_id'),
    endTokenHash: text('end_token_hash').notNull(),
    openedAt: integer('opened_at').notNull(),
    lastReportAt: integer('last_report_at').notNull(),
    grewAt: integer('grew_at').notNull(),
    watchedMs: integer('watched_ms').notNull(),
    forfeitedMs: integer('forfeited_ms').notNull(),
    day: integer('day').notNull(),
    dayMs: integer('day_ms').notNull(),
    /** What the last report said the page was doing. */
    state: text('state').notNull(),
    sealedAt: integer('sealed_at'),
    sealedAs: text('sealed_as', { enum: ['ended', 'superseded'] }),
    /** Moves when facts outside this session change what its learner is credited. */
    factsRevision: integer('facts_revision').notNull().default(0),
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
export const sessionDays = sqliteTable(
  'session_days',
  {
    sessionId: text('session_id').notNull(),
    day: integer('day').notNull(),
    watchedMs: integer('watched_ms').notNull(),
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
export const sessionTurns = sqliteTable(
  'session_turns',
  {
    sessionId: text('session_id').notNull(),
    /** The later of the two reports. */
    at: integer('at').notNull(),
    since: integer('since').notNull(),
    watchedBeforeMs: integer('watched_before_ms').notNull(),
    watchedAfterMs: integer('watched_after_ms').notNull(),
    stateBefore: text('state_before').notNull(),
    stateAfter: text('state_after').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.at] })],
);

/**
 * Which parts of a courseware a learner has played in all sessions, and where they were last. A row is the union of
 * what pages have told; no credit depends on it.
 */
export const coverage = sqliteTable(
  'coverage',
  {
    learnerId: text('learner_id').notNull(),
    coursewareId: text('courseware_id').notNull(),
    ranges: text('ranges', { mode: 'json' }).$type<readonly MediaRange[]>().notNull(),
    /** Null: at the end, or nobody has told. */
    positionMs: integer('position_ms'),
    /** The report that the position is from. */
    toldAt: integer('told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.coursewareId] }),
    check('coverage_position_was_told', sql`position_ms is null or told_at is not null`),
  ],
);

export const courseware = sqliteTable('courseware', {
  coursewareId: text('courseware_id').primaryKey(),
  title: text('title').notNull(),
  kind: text('kind', { enum: ['video', 'document'] }).notNull(),
  limitMs: integer('limit_ms').notNull(),
  mediaSeconds: integer('media_seconds'),
  creator: text('creator'),
  open: integer('open', { mode: 'boolean' }).notNull(),
  /** Hidden (deleted) courseware keeps its facts. */
  hiddenAt: integer('hidden_at'),
  version: integer('version').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** Who changed what, when, from what, to what (R8). Rows are only ever added. */
export const audit = sqliteTable(
  'audit',
  {
    sequence: integer('sequence').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    changes: text('changes', { mode: 'json' }).$type<readonly AuditedChange[]>().notNull(),
    reason: text('reason'),
  },
  (table) => [index('audit_by_subject').on(table.subjectKind, table.subjectId, table.sequence)],
);

/** Counters that move when something many learners depend on changes: limits, policies, closed years. */
export const revisions = sqliteTable('revisions', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});

/** The policies with their time in force; the last one is in force now (R9). */
export const policies = sqliteTable('policies', {
  sequence: integer('sequence').primaryKey({ autoIncrement: true }),
  inForceFrom: integer('in_force_from').notNull(),
  policy: text('policy').notNull(),
});
