import type { MediaRange } from '@watchledger/rules';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { StoredEvidence } from '../activities/port.ts';
import type { AuditedChange } from '../audit/port.ts';
import type { StoredCreditPolicy, StoredFrozenCredits } from '../years/stored.ts';

/** Learners: those who have watched or declared something, and those on the roster. */
export const learners = sqliteTable(
  'learners',
  {
    learnerId: text('learner_id').primaryKey(),
    /** When they first watched, declared, or were put on the roster. */
    firstSeenAt: integer('first_seen_at').notNull(),
    /** What the roster says; null: it says nothing. */
    name: text('name'),
    organisationId: text('organisation_id'),
    /** Null: not on the roster. */
    rosteredAt: integer('rostered_at'),
    /** Whether they still owe study hours. */
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    version: integer('version').notNull().default(0),
  },
  (table) => [index('learners_by_organisation').on(table.organisationId, table.learnerId)],
);

/** The institutes that learners belong to, and that reviewers and admins may be of. */
export const organisations = sqliteTable('organisations', {
  organisationId: text('organisation_id').primaryKey(),
  name: text('name').notNull(),
  version: integer('version').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
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
    // All that credits ask of a session that is over, read without its row: 0.6 µs a fact instead of 8. A heartbeat is
    // of a session that is not over, and writes nothing here; the sealing does, once, for 20 µs.
    index('sessions_over_by_learner')
      .on(
        table.learnerId,
        table.openedAt,
        table.sessionId,
        table.coursewareId,
        table.grewAt,
        table.day,
        table.dayMs,
        table.watchedMs,
        table.sealedAt,
      )
      .where(sql`sealed_at is not null`),
    /** Whom a limit concerns. */
    index('sessions_by_courseware').on(table.coursewareId, table.learnerId),
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

/** What learners declare (R10). Approved ones are facts. */
export const activities = sqliteTable(
  'activities',
  {
    activityId: text('activity_id').primaryKey(),
    learnerId: text('learner_id').notNull(),
    category: text('category', { enum: ['online', 'self-study', 'offline'] }).notNull(),
    kind: text('kind', { enum: ['training', 'overseas-training', 'study-abroad'] }),
    title: text('title').notNull(),
    fromDay: integer('from_day').notNull(),
    toDay: integer('to_day').notNull(),
    declaredMs: integer('declared_ms').notNull(),
    provider: text('provider'),
    place: text('place'),
    country: text('country'),
    note: text('note'),
    evidence: text('evidence', { mode: 'json' }).$type<readonly StoredEvidence[]>().notNull(),
    state: text('state', { enum: ['draft', 'submitted', 'approved', 'rejected', 'withdrawn'] }).notNull(),
    submittedAt: integer('submitted_at'),
    /** What a reviewer granted of an approved one. */
    grantedMs: integer('granted_ms'),
    comment: text('comment'),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    /** Names it for whoever brought it: an `Idempotency-Key` of the learner, or the reference of an imported line. */
    reference: text('reference'),
    /** SHA-256 of what was sent with that key: the same again is a retry, whatever has become of it since. */
    requestDigest: text('request_digest'),
    version: integer('version').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // With all that credits ask of one, so that they are read without its row.
    index('activities_by_learner').on(
      table.learnerId,
      table.activityId,
      table.state,
      table.category,
      table.fromDay,
      table.toDay,
      table.grantedMs,
    ),
    index('activities_by_state').on(table.state, table.activityId),
    index('activities_by_decision').on(table.decidedAt, table.activityId).where(sql`decided_at is not null`),
    uniqueIndex('activities_one_of_a_reference').on(table.learnerId, table.reference),
    check('activities_granted_where_approved', sql`(state = 'approved') = (granted_ms is not null)`),
    check('activities_in_order', sql`from_day <= to_day`),
  ],
);

/** What was handed in as evidence; the bytes are beside the database, or in an object store. */
export const evidenceFiles = sqliteTable(
  'evidence_files',
  {
    fileId: text('file_id').primaryKey(),
    learnerId: text('learner_id').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    uploadedAt: integer('uploaded_at').notNull(),
  },
  (table) => [index('evidence_files_by_learner').on(table.learnerId, table.fileId)],
);

/** What organisers hold (R11). */
export const trainings = sqliteTable(
  'trainings',
  {
    trainingId: text('training_id').primaryKey(),
    /** The institute that holds it; null: headquarters. */
    organisationId: text('organisation_id'),
    title: text('title').notNull(),
    kind: text('kind', { enum: ['training', 'academic-report'] }).notNull(),
    type: text('type'),
    form: text('form').notNull(),
    category: text('category').notNull(),
    method: text('method'),
    classification: text('classification'),
    organiser: text('organiser').notNull(),
    contact: text('contact'),
    goal: text('goal'),
    content: text('content'),
    place: text('place').notNull(),
    capacity: integer('capacity'),
    onlineMs: integer('online_ms').notNull(),
    offlineMs: integer('offline_ms').notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    /** The day on which it ended, by the policy's calendar: on it confirmed hours count. */
    endDay: integer('end_day').notNull(),
    enrolFrom: integer('enrol_from'),
    enrolUntil: integer('enrol_until'),
    coursewareIds: text('courseware_ids', { mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Hidden (deleted) trainings keep their facts. */
    hiddenAt: integer('hidden_at'),
    version: integer('version').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('trainings_by_end').on(table.endsAt, table.trainingId),
    check('trainings_in_order', sql`starts_at <= ends_at`),
  ],
);

/** Who takes part in a training. Confirmed ones are facts; a learner is in a training once (T20). */
export const enrolments = sqliteTable(
  'enrolments',
  {
    trainingId: text('training_id').notNull(),
    learnerId: text('learner_id').notNull(),
    state: text('state', { enum: ['enrolled', 'confirmed', 'rejected', 'cancelled'] }).notNull(),
    /** Hours other than those of the training; null: those of the training. */
    onlineMs: integer('online_ms'),
    offlineMs: integer('offline_ms'),
    comment: text('comment'),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    rating: integer('rating'),
    enrolledAt: integer('enrolled_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.trainingId, table.learnerId] }),
    // With all that credits ask of one, so that they are read without its row.
    index('enrolments_by_learner').on(
      table.learnerId,
      table.trainingId,
      table.state,
      table.onlineMs,
      table.offlineMs,
    ),
    check('enrolments_rated_from_one_to_five', sql`rating between 1 and 5`),
  ],
);

/** Up to which moment learners have read what was decided about what is theirs. */
export const noticesRead = sqliteTable('notices_read', {
  learnerId: text('learner_id').primaryKey(),
  readUntil: integer('read_until').notNull(),
});

/** Results of exams, as a back end tells them; counted in the record, worth no hours. */
export const exams = sqliteTable(
  'exams',
  {
    examId: text('exam_id').notNull(),
    learnerId: text('learner_id').notNull(),
    title: text('title').notNull(),
    takenOn: integer('taken_on').notNull(),
    passed: integer('passed', { mode: 'boolean' }).notNull(),
    /** Hundredths of a point. */
    score: integer('score'),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.examId, table.learnerId] }),
    index('exams_by_learner').on(table.learnerId, table.takenOn),
  ],
);

/** Years that are being closed or are closed (R8). */
export const closedYears = sqliteTable('closed_years', {
  year: integer('year').primaryKey(),
  /** Null: being closed. Decisions dated in it are refused already, and its credits are not frozen yet. */
  closedAt: integer('closed_at'),
  closedBy: text('closed_by').notNull(),
  /** Names who is closing it, so that of two only the later one goes on. */
  attempt: text('attempt').notNull(),
  /** The last step of who is or was closing it: long ago, they are gone. */
  steppedAt: integer('stepped_at').notNull(),
  policy: text('policy', { mode: 'json' }).$type<StoredCreditPolicy>().notNull(),
  learners: integer('learners').notNull(),
  checksum: text('checksum'),
});

/** What each learner of a closed year is credited, for good. */
export const frozenCredits = sqliteTable(
  'frozen_credits',
  {
    year: integer('year').notNull(),
    learnerId: text('learner_id').notNull(),
    credits: text('credits', { mode: 'json' }).$type<StoredFrozenCredits>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.year, table.learnerId] }),
    index('frozen_credits_by_learner').on(table.learnerId, table.year),
  ],
);

/** Who changed what, when, from what, to what (R8). Rows are only ever added, each sealed onto the one before. */
export const audit = sqliteTable(
  'audit',
  {
    sequence: integer('sequence').primaryKey(),
    at: integer('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    /** Whose hours it is about; null: nobody's in particular. */
    learnerId: text('learner_id'),
    changes: text('changes', { mode: 'json' }).$type<readonly AuditedChange[]>().notNull(),
    reason: text('reason'),
    /** SHA-256 of this entry and of the seal before. */
    seal: text('seal').notNull(),
  },
  (table) => [
    index('audit_by_subject').on(table.subjectKind, table.subjectId, table.sequence),
    index('audit_by_learner').on(table.learnerId, table.sequence),
    index('audit_by_actor').on(table.actor, table.sequence),
    index('audit_by_kind').on(table.subjectKind, table.sequence),
  ],
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
