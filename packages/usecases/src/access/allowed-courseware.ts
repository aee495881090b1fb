import { Problem } from '@watchledger/contract';

/** Which courseware a token serves; null: any. A bound token is told nothing of other courseware (T21). */
export type AllowedCourseware = ReadonlySet<string> | null;

/**
 * A token bound to courseware serves no session of other courseware (T21).
 * @throws Problem `forbidden`
 */
export function requireAllowed(allowed: AllowedCourseware, coursewareId: string): void {
  if (allowed === null || allowed.has(coursewareId)) return;
  throw new Problem('forbidden', 'This token does not serve the courseware of that session.');
}
