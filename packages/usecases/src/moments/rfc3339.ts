import type { Instant } from '@watchledger/rules';

/** A moment as the contract writes it: RFC 3339 in UTC, with milliseconds. */
export const rfc3339 = (moment: Instant): string => new Date(moment).toISOString();
