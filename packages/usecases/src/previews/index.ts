export type { PreviewContext } from './context.ts';
export {
  previewEnrolments,
  previewLimits,
  previewPatchCourseware,
  previewPutCourseware,
  previewReview,
  previewTraining,
} from './previews.ts';
export { previewOf } from './what-if.ts';
