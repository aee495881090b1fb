import type { LearnerId } from '@watchledger/rules';

/** A fixed number of buckets, so that one script can serve many learners of a bucket, on a cluster too. */
const BUCKETS = 1_024;

/** The key of a learner's row: `wl:{bucket}:<learner>`. */
export function rowKey(learnerId: LearnerId): string {
  return `wl:{${bucketOf(learnerId)}}:${learnerId}`;
}

/** FNV-1a over the UTF-16 code units: cheap, and spread evenly enough for buckets. */
function bucketOf(learnerId: LearnerId): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < learnerId.length; index += 1) {
    hash = Math.imul(hash ^ learnerId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % BUCKETS;
}
