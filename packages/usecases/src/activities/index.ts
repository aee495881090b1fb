export type { ActivitiesContext } from './context.ts';
export { declareActivity } from './declare-activity.ts';
export {
  acceptedEvidence,
  describeEvidence,
  evidenceLimitBytes,
  readEvidence,
  uploadEvidence,
} from './evidence.ts';
export { type EvidenceStore, EvidenceUnavailable } from './evidence-store.ts';
export { importHistory } from './import-history.ts';
export { patchActivity, submitActivity, withdrawActivity } from './own-activity.ts';
export { type ActivityReader, getActivity, listActivities } from './read-activities.ts';
export { reviewActivity } from './review-activity.ts';
export type { TaggedActivity } from './shape.ts';
