export const pathOfList = '/admin/courseware';

/** No id begins with a tilde, so it is nobody's page. */
export const pathOfNew = '/admin/courseware/~new';

export const pathOfCourseware = (id: string): string => `${pathOfList}/${encodeURIComponent(id)}`;

/** Where a form of the list came from: the list alone, never elsewhere. */
export const backToList = (from: string | undefined): string =>
  from !== undefined && /^\/admin\/courseware(\?[^#]*)?$/.test(from) ? from : pathOfList;
