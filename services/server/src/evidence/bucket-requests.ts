import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { evidenceLimitBytes } from '@watchledger/usecases';
import { AwsV4Signer } from 'aws4fetch';
import type { Bucket } from '../configuration/evidence-place.ts';

export interface BucketRequest {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly name: string;
  readonly body?: { readonly bytes: Uint8Array; readonly mediaType: string };
}

export interface BucketAnswer {
  readonly status: number;
  /** The store's own word for a refusal, such as NoSuchKey; blank where it has none. */
  readonly code: string;
  readonly bytes: Uint8Array;
}

/** Milliseconds that one try may take, and all of them with the pauses between them. */
export interface Patience {
  readonly tryMs: number;
  readonly allMs: number;
}

const usualPatience: Patience = { tryMs: 15_000, allMs: 30_000 };
const mostTries = 3;
const firstPauseMs = 100;

/**
 * Sends requests that are signed with what they carry, so that the store takes nothing that was altered on its way.
 * What fails for the moment is sent again; rejects when no whole answer came in time.
 */
export function bucketRequests(
  bucket: Bucket,
  { tryMs, allMs }: Patience = usualPatience,
): (request: BucketRequest) => Promise<BucketAnswer> {
  const sign = signer(bucket);
  return async (request) => {
    const givenUp = AbortSignal.timeout(allMs);
    for (let tries = 1; ; tries += 1) {
      const isLast = tries === mostTries;
      try {
        const answer = await send(
          await sign(request),
          AbortSignal.any([givenUp, AbortSignal.timeout(tryMs)]),
        );
        if (isLast || !mayPass(answer)) return answer;
      } catch (error) {
        if (isLast || givenUp.aborted || error instanceof TooLarge) throw error;
      }
      // At random, so that processes which failed together do not come again together.
      await pause(Math.random() * firstPauseMs * 4 ** (tries - 1));
    }
  };
}

const mayPass = ({ status }: BucketAnswer) => status === 429 || status >= 500;

type Signed = RequestInit & { readonly url: string };

function signer(bucket: Bucket): (request: BucketRequest) => Promise<Signed> {
  const { url, region, accessKeyId, secretAccessKey, sessionToken } = bucket;
  const identity = { accessKeyId, secretAccessKey, ...(sessionToken !== null && { sessionToken }) };
  return async ({ method, name, body }) => {
    const signed = await new AwsV4Signer({
      ...identity,
      region,
      service: 's3',
      method,
      url: `${url}/${name}`,
      headers: {
        'x-amz-content-sha256': sha256(body?.bytes ?? new Uint8Array()),
        ...(body !== undefined && { 'content-type': body.mediaType }),
      },
      allHeaders: true,
    }).sign();
    // Not signed: what stands between may alter it. Bytes are wanted as they are kept.
    signed.headers.set('accept-encoding', 'identity');
    return {
      url: String(signed.url),
      method,
      headers: signed.headers,
      // A redirection would take the signature, and the file, to somebody else.
      redirect: 'manual',
      ...(body !== undefined && { body: new Uint8Array(body.bytes) }),
    };
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function send({ url, ...init }: Signed, signal: AbortSignal): Promise<BucketAnswer> {
  const response = await fetch(url, { ...init, signal });
  const bytes = await readWhole(response);
  return { status: response.status, code: response.ok ? '' : codeOf(bytes), bytes };
}

/** Rejects when the answer is cut off, or larger than any file that was ever kept. */
async function readWhole({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > evidenceLimitBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

class TooLarge extends Error {
  override readonly message =
    `the bucket answers with more than the ${evidenceLimitBytes} bytes of the largest file`;
}

const codeOf = (bytes: Uint8Array) =>
  /<Code>(\w{1,64})<\/Code>/.exec(Buffer.from(bytes).toString())?.[1] ?? '';
