export type { PlantedSession } from './planted-session.ts';
export { plantSessions, plantSessionsInPostgres } from './planting.ts';
export { type PostgresServer, type PostgresServerOptions, startPostgresServer } from './postgres-server.ts';
export { sessionIdOf } from './session-id.ts';
export { type StoredSession, sessionsInPostgres, sessionsInSqlite } from './stored-sessions.ts';
export { afterThisTest, temporaryFolder } from './temporary.ts';
export { temporaryLedger } from './temporary-ledger.ts';
export { postgresOfThisProcess, temporaryPostgres } from './temporary-postgres.ts';
