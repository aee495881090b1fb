/** What is given as text, also in a `URL`; empty for anything else. */
export function textOf(given: unknown): string {
  if (given instanceof URL) return given.href;
  return typeof given === 'string' ? given.trim() : '';
}
