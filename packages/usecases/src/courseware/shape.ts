import type { Courseware } from '@watchledger/contract';
import type { StoredCourseware } from '@watchledger/ledger';
import { type Milliseconds, milliseconds, wholeSeconds } from '@watchledger/rules';
import { entityTag } from '../access/entity-tag.ts';
import { rfc3339 } from '../moments/rfc3339.ts';

/** Courseware as the contract shows it, with the tag that a writer may answer with. */
export interface TaggedCourseware {
  readonly courseware: Courseware;
  readonly etag: string;
}

export function coursewareShape(stored: StoredCourseware): Courseware {
  return {
    coursewareId: stored.coursewareId,
    title: stored.title,
    kind: stored.kind,
    limitSeconds: wholeSeconds(stored.limitMs),
    mediaSeconds: stored.mediaSeconds,
    creator: stored.creator,
    open: stored.open,
    createdAt: rfc3339(stored.createdAt),
    updatedAt: rfc3339(stored.updatedAt),
  };
}

export const tagged = (stored: StoredCourseware): TaggedCourseware => ({
  courseware: coursewareShape(stored),
  etag: entityTag(stored.version),
});

export const limitMsOf = (limitSeconds: number): Milliseconds => milliseconds(limitSeconds * 1_000);
