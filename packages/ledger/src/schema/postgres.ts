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
import type { StoredEvidence } from '../activities/port.ts';
import type { AuditedChange } from '../audit/port.ts';
import { exactInteger } from '../database/exact-integer.ts';
import type { StoredCreditPolicy, StoredFrozenCredits } from '../years/stored.ts';

/** Text that is compared and ordered byte by byte, whatever the language of the database. */
const bytes = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A 64-bit integer that is a number here: moments, durations, days, counters. */
const whole = customType<{ data: number; driverData: string | number }>({
  dataType: () => 'bigint',
  fromDriver: exactInteger,
});

/** Learners: those who have watched or declared something, and those on the roster. */
export const learners = pgTable(
  'learners',
  {
    learnerId: bytes('learner_id').primaryKey(),
    /** When they first watched, declared, or were put on the roster. */
    firstSeenAt: whole('first_seen_at').notNull(),
    /** What the roster says; null: it says nothing. */
    name: text('name'),
    organisationId: bytes('organisation_id'),
    /** Null: not on the roster. */
    rosteredAt: whole('rostered_at'),
    /** Whether they still owe study hours. */
    active: boolean('active').notNull().default(true),
    version: whole('version').notNull().default(0),
  },
  (table) => [index('learners_by_organisation').on(table.organisationId, table.learnerId)],
);

/** The institutes that learners belong to, and that reviewers and admins may be of. */
export const organisations = pgTable('organisations', {
  organisationId: bytes('organisation_id').primaryKey(),
  name: text('name').notNull(),
  version: whole('version').notNull(),
  createdAt: whole('created_at').notNull(),
  updatedAt: whole('updated_at').notNull(),
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
    /** Whom a limit concerns. */
    index('sessions_by_courseware').on(table.coursewareId, table.learnerId),
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

/** What learners declare (R10). Approved ones are facts. */
export const activities = pgTable(
  'activities',
  {
    activityId: uuid('activity_id').primaryKey(),
    learnerId: bytes('learner_id').notNull(),
    category: text('category', { enum: ['online', 'self-study', 'offline'] }).notNull(),
    kind: text('kind', { enum: ['training', 'overseas-training', 'study-abroad'] }),
    title: bytes('title').notNull(),
    fromDay: whole('from_day').notNull(),
    toDay: whole('to_day').notNull(),
    declaredMs: whole('declared_ms').notNull(),
    provider: text('provider'),
    place: text('place'),
    country: text('country'),
    note: text('note'),
    evidence: jsonb('evidence').$type<readonly StoredEvidence[]>().notNull(),
    state: text('state', { enum: ['draft', 'submitted', 'approved', 'rejected', 'withdrawn'] }).notNull(),
    submittedAt: whole('submitted_at'),
    /** What a reviewer granted of an approved one. */
    grantedMs: whole('granted_ms'),
    comment: text('comment'),
    decidedBy: text('decided_by'),
    decidedAt: whole('decided_at'),
    /** Names it for whoever brought it: an `Idempotency-Key` of the learner, or the reference of an imported line. */
    reference: bytes('reference'),
    /** SHA-256 of what was sent with that key: the same again is a retry, whatever has become of it since. */
    requestDigest: text('request_digest'),
    version: whole('version').notNull(),
    createdAt: whole('created_at').notNull(),
    updatedAt: whole('updated_at').notNull(),
  },
  (table) => [
    index('activities_by_learner').on(table.learnerId, table.activityId),
    index('activities_by_state').on(table.state, table.activityId),
    index('activities_by_decision').on(table.decidedAt, table.activityId).where(sql`decided_at is not null`),
    uniqueIndex('activities_one_of_a_reference').on(table.learnerId, table.reference),
    check('activities_granted_where_approved', sql`(state = 'approved') = (granted_ms is not null)`),
    check('activities_in_order', sql`from_day <= to_day`),
  ],
);

/** What was handed in as evidence; the bytes are beside the database, or in an object store. */
export const evidenceFiles = pgTable(
  'evidence_files',
  {
    fileId: uuid('file_id').primaryKey(),
    learnerId: bytes('learner_id').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    bytes: whole('bytes').notNull(),
    sha256: text('sha256').notNull(),
    uploadedAt: whole('uploaded_at').notNull(),
  },
  (table) => [index('evidence_files_by_learner').on(table.learnerId, table.fileId)],
);

/** What organisers hold (R11). */
export const trainings = pgTable(
  'trainings',
  {
    trainingId: bytes('training_id').primaryKey(),
    /** The institute that holds it; null: headquarters. */
    organisationId: bytes('organisation_id'),
    title: bytes('title').notNull(),
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
    capacity: whole('capacity'),
    onlineMs: whole('online_ms').notNull(),
    offlineMs: whole('offline_ms').notNull(),
    startsAt: whole('starts_at').notNull(),
    endsAt: whole('ends_at').notNull(),
    /** The day on which it ended, by the policy's calendar: on it confirmed hours count. */
    endDay: whole('end_day').notNull(),
    enrolFrom: whole('enrol_from'),
    enrolUntil: whole('enrol_until'),
    coursewareIds: jsonb('courseware_ids').$type<readonly string[]>().notNull(),
    /** Hidden (deleted) trainings keep their facts. */
    hiddenAt: whole('hidden_at'),
    version: whole('version').notNull(),
    createdAt: whole('created_at').notNull(),
    updatedAt: whole('updated_at').notNull(),
  },
  (table) => [
    index('trainings_by_end').on(table.endsAt, table.trainingId),
    check('trainings_in_order', sql`starts_at <= ends_at`),
  ],
);

/** Who takes part in a training. Confirmed ones are facts; a learner is in a training once (T20). */
export const enrolments = pgTable(
  'enrolments',
  {
    trainingId: bytes('training_id').notNull(),
    learnerId: bytes('learner_id').notNull(),
    state: text('state', { enum: ['enrolled', 'confirmed', 'rejected', 'cancelled'] }).notNull(),
    /** Hours other than those of the training; null: those of the training. */
    onlineMs: whole('online_ms'),
    offlineMs: whole('offline_ms'),
    comment: text('comment'),
    decidedBy: text('decided_by'),
    decidedAt: whole('decided_at'),
    rating: whole('rating'),
    enrolledAt: whole('enrolled_at').notNull(),
    updatedAt: whole('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.trainingId, table.learnerId] }),
    index('enrolments_by_learner').on(table.learnerId, table.trainingId),
    check('enrolments_rated_from_one_to_five', sql`rating between 1 and 5`),
  ],
);

/** Up to which moment learners have read what was decided about what is theirs. */
export const noticesRead = pgTable('notices_read', {
  learnerId: bytes('learner_id').primaryKey(),
  readUntil: whole('read_until').notNull(),
});

/** Results of exams, as a back end tells them; counted in the record, worth no hours. */
export const exams = pgTable(
  'exams',
  {
    examId: bytes('exam_id').notNull(),
    learnerId: bytes('learner_id').notNull(),
    title: bytes('title').notNull(),
    takenOn: whole('taken_on').notNull(),
    passed: boolean('passed').notNull(),
    /** Hundredths of a point. */
    score: whole('score'),
    updatedAt: whole('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.examId, table.learnerId] }),
    index('exams_by_learner').on(table.learnerId, table.takenOn),
  ],
);

/** Years that are being closed or are closed (R8). */
export const closedYears = pgTable('closed_years', {
  year: whole('year').primaryKey(),
  /** Null: being closed. Decisions dated in it are refused already, and its credits are not frozen yet. */
  closedAt: whole('closed_at'),
  closedBy: text('closed_by').notNull(),
  /** Names who is closing it, so that of two only the later one goes on. */
  attempt: text('attempt').notNull(),
  /** The last step of who is or was closing it: long ago, they are gone. */
  steppedAt: whole('stepped_at').notNull(),
  policy: jsonb('policy').$type<StoredCreditPolicy>().notNull(),
  learners: whole('learners').notNull(),
  checksum: text('checksum'),
});

/** What each learner of a closed year is credited, for good. */
export const frozenCredits = pgTable(
  'frozen_credits',
  {
    year: whole('year').notNull(),
    learnerId: bytes('learner_id').notNull(),
    credits: jsonb('credits').$type<StoredFrozenCredits>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.year, table.learnerId] }),
    index('frozen_credits_by_learner').on(table.learnerId, table.year),
  ],
);

/** Who changed what, when, from what, to what (R8). Rows are only ever added, each sealed onto the one before. */
export const audit = pgTable(
  'audit',
  {
    sequence: whole('sequence').primaryKey(),
    at: whole('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectKind: bytes('subject_kind').notNull(),
    subjectId: bytes('subject_id').notNull(),
    /** Whose hours it is about; null: nobody's in particular. */
    learnerId: bytes('learner_id'),
    changes: jsonb('changes').$type<readonly AuditedChange[]>().notNull(),
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
