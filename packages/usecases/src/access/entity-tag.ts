import type { ExpectedVersion } from '@watchledger/ledger';

/**
 * The entity tags of an `If-Match` header, without quotes; `any`: it must exist; `absent` (`If-None-Match: *`): it must
 * not; undefined: nothing is asked.
 */
export type IfMatch = ReadonlySet<string> | 'any' | 'absent';

/** The entity tag of a version, without quotes. */
export const entityTag = (version: number): string => String(version);

/** The versions that some tags name; foreign tags name none, so they match nothing. */
export function expectedVersion(ifMatch: IfMatch | undefined): ExpectedVersion {
  if (ifMatch === undefined) return null;
  if (ifMatch === 'any' || ifMatch === 'absent') return ifMatch;
  return new Set([...ifMatch].filter((tag) => /^\d{1,15}$/.test(tag)).map(Number));
}
