export type { AllowedCourseware, CoursewareContext } from './context.ts';
export { type CoursewareChanges, coursewareChanges } from './courseware-changes.ts';
export { type DeleteCourseware, deleteCourseware } from './delete-courseware.ts';
export { type GetCourseware, getCourseware } from './get-courseware.ts';
export { type ImportCourseware, type ImportedRow, importCourseware } from './import-courseware.ts';
export { type ListCourseware, listCourseware } from './list-courseware.ts';
export { type PatchCourseware, patchCourseware } from './patch-courseware.ts';
export { type PutCourseware, putCourseware } from './put-courseware.ts';
export type { TaggedCourseware } from './shape.ts';
