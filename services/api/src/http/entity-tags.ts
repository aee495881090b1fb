import { Problem } from '@watchledger/contract';
import type { IfMatch } from '@watchledger/usecases';
import type { Context } from 'hono';
import { requestHeader } from './request-header.ts';

/**
 * `strong`: the tag is another one as soon as anything in the answer is. `weak`: as soon as anything is that is written
 * there, though not what is counted beside it, such as participants (RFC 9110, 8.8.1).
 */
export type Validation = 'strong' | 'weak';

/** Null: what is answered has no version. */
export const etagHeader = (etag: string | null, validation: Validation = 'strong'): Record<string, string> =>
  etag === null ? {} : { etag: `${validation === 'weak' ? 'W/' : ''}"${etag}"` };

const entityTag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const list = new RegExp(`^\\s*${entityTag}(?:\\s*,\\s*${entityTag})*\\s*$`);

/**
 * The entity tags that a writer has seen (RFC 9110, 13.1.1); weak ones never match. Where answers carry weak tags they
 * do: what a writer must not overwrite unseen is what others have written, not what is counted beside it.
 */
export function ifMatch(c: Context, validation: Validation = 'strong'): IfMatch | undefined {
  const header = requestHeader(c, 'if-match');
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  if (!list.test(header)) {
    throw new Problem('invalid-request', 'The header If-Match is not a list of entity tags in quotes.', {
      errors: [{ path: '/if-match', message: 'must be * or a list of entity tags in quotes' }],
    });
  }
  const tags = header.match(new RegExp(entityTag, 'g')) ?? [];
  const matching = validation === 'weak' ? tags : tags.filter((tag) => !tag.startsWith('W/'));
  return new Set(matching.map((tag) => tag.replace(/^W\//, '').slice(1, -1)));
}

/**
 * The same of what can also be asked to make and never to overwrite: `If-None-Match: *` (RFC 9110, 13.1.2). What is to
 * be there and not to be there is never so.
 */
export function ifMatchOrAbsent(c: Context, validation: Validation = 'strong'): IfMatch | undefined {
  const header = requestHeader(c, 'if-none-match');
  const seen = ifMatch(c, validation);
  if (header === undefined) return seen;
  if (header.trim() !== '*') {
    throw new Problem('invalid-request', 'The header If-None-Match is taken as * alone.', {
      errors: [{ path: '/if-none-match', message: 'must be *' }],
    });
  }
  return seen === undefined ? 'absent' : new Set();
}
