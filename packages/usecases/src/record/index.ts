export type { RecordContext } from './context.ts';
export { learnerRecord } from './learner-record.ts';
export { streamRecords } from './stream-records.ts';
