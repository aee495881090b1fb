/** What a token may do; each is also accepted with the prefix `watchledger:`. */
export const scopes = ['watch', 'credits:read', 'courseware:write', 'review', 'admin'] as const;
export type Scope = (typeof scopes)[number];

const prefix = 'watchledger:';
const known: ReadonlySet<string> = new Set(scopes);

/** The scopes of a token's space-separated claim; `admin` implies all, and unknown ones are left out. */
export function readScopes(claim: string): ReadonlySet<Scope> {
  const named = claim
    .split(' ')
    .map((word) => (word.startsWith(prefix) ? word.slice(prefix.length) : word))
    .filter((word): word is Scope => known.has(word));
  return new Set(named.includes('admin') ? scopes : named);
}
