import type { LearnerId } from '@watchledger/rules';
import { Command } from 'ioredis';

/** A fixed number of buckets, so that one script can serve many learners of a bucket, on a cluster too. */
const BUCKETS = 1_024;

/** The key of a learner's row: `wl:{bucket}:<learner>`. */
export function rowKey(learnerId: LearnerId): string {
  return keyIn(bucketOf(learnerId), learnerId);
}

/** The slot of a cluster that holds a learner's row: that of its bucket. */
export function slotOf(learnerId: LearnerId): number {
  slots ??= Array.from({ length: BUCKETS }, (_, bucket) => new Command('get', [keyIn(bucket, '')]).getSlot());
  return slots[bucketOf(learnerId)] ?? 0;
}

let slots: number[] | null = null;

function keyIn(bucket: number, learnerId: string): string {
  return `wl:{${bucket}}:${learnerId}`;
}

/** FNV-1a over the UTF-16 code units: cheap, and spread evenly enough for buckets. */
function bucketOf(learnerId: LearnerId): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < learnerId.length; index += 1) {
    hash = Math.imul(hash ^ learnerId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % BUCKETS;
}
