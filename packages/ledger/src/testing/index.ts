export { type PlantedSession, plantSessions } from './planting.ts';
export { afterThisTest, temporaryFolder } from './temporary.ts';
export { temporaryLedger } from './temporary-ledger.ts';
