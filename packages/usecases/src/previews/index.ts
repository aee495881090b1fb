export type { PreviewContext } from './context.ts';
export { previewEnrolments, previewLimit, previewReview, previewTraining } from './previews.ts';
export { previewOf } from './what-if.ts';
