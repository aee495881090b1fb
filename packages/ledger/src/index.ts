export { keyOf as importKeyOf } from './activities/ledger.ts';
export * from './activities/port.ts';
export { type ActivityMove, type ActivityState, activityMoves } from './activities/states.ts';
export { type AuditRow, type ChainEnd, chainStart, faultOf } from './audit/chain.ts';
export {
  type AuditEntry,
  type AuditedChange,
  type AuditedValue,
  type Authorship,
  type SubjectKind,
  subjectKinds,
} from './audit/port.ts';
export { type DecidingKind, decidingKinds, type PresentSubject } from './audit/present.ts';
export type { AuditLedger, AuditSearch } from './audit/search.ts';
export type { ConcernedLedger } from './concerned/ledger.ts';
export * from './courseware/port.ts';
export { createPostgresCourseware } from './courseware/postgres.ts';
export { createSqliteCourseware } from './courseware/sqlite.ts';
export * from './coverage/port.ts';
export { createPostgresCoverage } from './coverage/postgres.ts';
export { createSqliteCoverage } from './coverage/sqlite.ts';
export * from './credits/port.ts';
export { createPostgresCredits } from './credits/postgres.ts';
export { createSqliteCredits } from './credits/sqlite.ts';
export type { Desk } from './database/desk.ts';
export { createPostgresDesk } from './database/desk-postgres.ts';
export { createSqliteDesk } from './database/desk-sqlite.ts';
export {
  type Commit,
  createGroupCommit,
  type GroupCommit,
  type GroupCommitOptions,
} from './database/group-commit.ts';
export { DatabaseOwned, type Ownership, type OwnershipMode, own } from './database/ownership.ts';
export {
  openPostgres,
  type PostgresDatabase,
  type PostgresOptions,
  placeOf,
  postgresLater,
} from './database/postgres.ts';
export {
  ownPostgres,
  ownServedPostgres,
  type PostgresShare,
  sharePostgres,
} from './database/postgres-ownership.ts';
export { LedgerCannotOpen, LedgerUnavailable, type Unavailability } from './database/problems.ts';
export { openSqlite, type SqliteDatabase, type SqliteOptions } from './database/sqlite.ts';
export * from './enrolments/port.ts';
export type { EnrolmentState } from './enrolments/states.ts';
export * from './evidence/port.ts';
export * from './exams/port.ts';
export type { MoveProgress } from './moving/copy.ts';
export { compareLedgers, type MoveOptions, moveLedger } from './moving/move.ts';
export { type Beginning, type MovableLedger, MoveRefused, type MoveTarget } from './moving/port.ts';
export { createPostgresSource, createPostgresTarget, createStillPostgresSource } from './moving/postgres.ts';
export type { Proof } from './moving/proof.ts';
export { createSqliteSource, createSqliteTarget } from './moving/sqlite.ts';
export * from './notices/port.ts';
export { createOffice, type OfficeLedger } from './office/office.ts';
export * from './people/port.ts';
export type { PlayedLedger, PlayedShare } from './played/ledger.ts';
export type { PolicyLedger, StoredPolicy } from './policy/port.ts';
export { createPostgresPolicies } from './policy/postgres.ts';
export { createSqlitePolicies } from './policy/sqlite.ts';
export * from './rehearsals/port.ts';
export { TURN_TOLERANCE } from './schema/turns.ts';
export type { PastOffice, SnapshotsLedger } from './snapshots/ledger.ts';
export * from './supervision/port.ts';
export * from './trainings/port.ts';
export { isOpenAt } from './trainings/search.ts';
export { type ExpectedVersion, isAtVersion } from './versions/expected.ts';
export * from './viewing/port.ts';
export { createPostgresViewing } from './viewing/postgres.ts';
export { createSqliteViewing } from './viewing/sqlite.ts';
export * from './years/port.ts';
export { frozenCredits, type StoredFrozenCredits } from './years/stored.ts';
