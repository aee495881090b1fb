/** JSON with the keys of its objects in order: PostgreSQL keeps what it says, and not how it was written. */
export function canonicalJson(text: string): string {
  return JSON.stringify(ordered(JSON.parse(text)));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, ordered(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
