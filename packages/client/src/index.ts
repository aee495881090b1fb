export { createClient, type IfMatch, type TaggedCourseware, type WatchLedgerClient } from './client.ts';
export { WatchLedgerError } from './error.ts';
export type { ClientOptions, Token } from './http.ts';
