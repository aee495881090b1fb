import type { NoticesPage, NoticesRead } from '@watchledger/contract';
import type { Requests } from './requests.ts';

/** What reviewers decided about a learner's own activities and enrolments; needs their own token (`watch`). */
export interface NoticesClient {
  /** The newest of what was not read yet, and in `unread` how many there are. */
  unreadNotices(search?: { readonly limit?: number; readonly cursor?: string }): Promise<NoticesPage>;
  /** Up to this moment (RFC 3339, such as the `at` of the newest that was shown) they were read; absent: all of them. */
  readNotices(until?: string): Promise<NoticesRead>;
}

export const noticesClient = ({ json }: Requests): NoticesClient => ({
  unreadNotices: (search) => json({ path: ['notices'], query: { ...search } }),
  readNotices: (until) => json({ method: 'PUT', path: ['notices', 'read'], body: { until } }),
});
