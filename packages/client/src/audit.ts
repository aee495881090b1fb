import type { AuditEntry } from '@watchledger/contract';
import type { Requests } from './requests.ts';

export interface AuditSearch {
  /** What was changed, such as `courseware`. */
  readonly kind?: AuditEntry['subject']['kind'];
  /** Of one subject; with `kind`. */
  readonly id?: string;
  /** Whose hours it is about. */
  readonly learnerId?: string;
  /** Who did it: the subject of their token. */
  readonly actor?: string;
  /** Absent: the oldest first. */
  readonly order?: 'oldest' | 'newest';
}

/** Who changed what, when and why. Needs `admin` of headquarters. */
export interface AuditClient {
  /** The entries, unless told the oldest first; fetched page by page while they are read. */
  auditTrail(search?: AuditSearch): AsyncIterable<AuditEntry>;
}

export const auditClient = ({ items }: Requests): AuditClient => ({
  auditTrail: (search) => items({ path: ['audit'], query: { ...search } }),
});
