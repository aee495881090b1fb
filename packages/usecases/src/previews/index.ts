export type { PreviewContext } from './context.ts';
export {
  previewEnrolments,
  previewPatchCourseware,
  previewPutCourseware,
  previewReview,
  previewTraining,
} from './previews.ts';
export { previewOf } from './what-if.ts';
