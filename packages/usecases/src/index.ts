export type { AllowedCourseware } from './access/allowed-courseware.ts';
export * from './courseware/index.ts';
export * from './credits/index.ts';
export * from './policy/index.ts';
export * from './viewing/index.ts';
