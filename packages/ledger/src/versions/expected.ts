/**
 * The versions that a writer has seen: one of these, whatever there is (`any`), that there is nothing (`absent`), or
 * (null) nothing is asked.
 */
export type ExpectedVersion = ReadonlySet<number> | 'any' | 'absent' | null;

/** Whether what is there (undefined: nothing) is at a version that the writer has seen. */
export function isAtVersion(version: number | undefined, expected: ExpectedVersion): boolean {
  if (expected === null) return true;
  if (expected === 'absent') return version === undefined;
  if (version === undefined) return false;
  return expected === 'any' || expected.has(version);
}
