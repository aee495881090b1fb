/** Which courseware a token serves; null: any. A bound token is told nothing of other courseware (T21). */
export type AllowedCourseware = ReadonlySet<string> | null;
