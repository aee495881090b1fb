import type { ExpectedVersion } from '@watchledger/ledger';

/** The strong entity tag of a version of a courseware. */
export const entityTag = (version: number): string => `"${version}"`;

/** The versions that an `If-Match` header names; weak and foreign tags match nothing (RFC 9110, 13.1.1). */
export function expectedVersion(ifMatch: string | null | undefined): ExpectedVersion {
  if (ifMatch === null || ifMatch === undefined) return null;
  if (ifMatch.trim() === '*') return 'any';
  const tags = ifMatch.split(',').map((tag) => /^"(\d{1,15})"$/.exec(tag.trim())?.[1]);
  return new Set(tags.filter((version) => version !== undefined).map(Number));
}
