import { Problem } from '@watchledger/contract';
import type { IfMatch } from '@watchledger/usecases';
import type { Context } from 'hono';
import { requestHeader } from './request-header.ts';

/** Null: what is answered has no version. */
export const etagHeader = (etag: string | null): Record<string, string> =>
  etag === null ? {} : { etag: `"${etag}"` };

const entityTag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const list = new RegExp(`^\\s*${entityTag}(?:\\s*,\\s*${entityTag})*\\s*$`);

/** The entity tags that a writer has seen (RFC 9110, 13.1.1); weak ones never match. */
export function ifMatch(c: Context): IfMatch | undefined {
  const header = requestHeader(c, 'if-match');
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  if (!list.test(header)) {
    throw new Problem('invalid-request', 'The header If-Match is not a list of entity tags in quotes.', {
      errors: [{ path: '/if-match', message: 'must be * or a list of entity tags in quotes' }],
    });
  }
  const tags = header.match(new RegExp(entityTag, 'g')) ?? [];
  return new Set(tags.filter((tag) => !tag.startsWith('W/')).map((tag) => tag.slice(1, -1)));
}
