import type { EvidenceStore } from '@watchledger/usecases';
import type { Bucket } from '../configuration/evidence-place.ts';
import { type BucketAnswer, bucketRequests, type Patience } from './bucket-requests.ts';
import { orUnavailable } from './or-unavailable.ts';

/**
 * Objects in a bucket of an S3-compatible store, each under its id alone. Who may read them is the bucket's own matter:
 * no request makes one public. One that was stored while its answer got lost stays under an id that nobody knows.
 */
export function bucketEvidence(bucket: Bucket, patience?: Patience): EvidenceStore {
  const ask = bucketRequests(bucket, patience);
  return {
    put: (name, bytes, mediaType) =>
      orUnavailable(async () => {
        const answer = await ask({ method: 'PUT', name, body: { bytes, mediaType } });
        if (!isDone(answer)) throw refusal(answer);
      }),

    remove: (name) =>
      orUnavailable(async () => {
        const answer = await ask({ method: 'DELETE', name });
        if (!isDone(answer) && !isMissing(answer)) throw refusal(answer);
      }),

    get: (name) =>
      orUnavailable(async () => {
        const answer = await ask({ method: 'GET', name });
        if (isMissing(answer)) return null;
        if (answer.status !== 200) throw refusal(answer);
        return answer.bytes;
      }),
  };
}

const isDone = ({ status }: BucketAnswer) => status >= 200 && status < 300;

/** Anything else that is not found is a bucket that is not there, or no such store at all. */
const isMissing = ({ status, code }: BucketAnswer) => status === 404 && code === 'NoSuchKey';

const refusal = ({ status, code }: BucketAnswer) =>
  new Error(`the bucket answers ${`${status} ${code}`.trim()}`);
