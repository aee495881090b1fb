/** The versions that a writer has seen: one of these, whatever there is, or (null) nothing is asked. */
export type ExpectedVersion = ReadonlySet<number> | 'any' | null;

/** Whether what is there (undefined: nothing) is at a version that the writer has seen. */
export function isAtVersion(version: number | undefined, expected: ExpectedVersion): boolean {
  if (expected === null) return true;
  if (version === undefined) return false;
  return expected === 'any' || expected.has(version);
}
