import { Problem } from '@watchledger/contract';
import type { Context } from 'hono';
import { z } from 'zod';
import { requestHeader } from './request-header.ts';

const pattern = /^[\x21-\x7e]{1,200}$/;

export const IdempotencyKeyHeader = z.object({
  'idempotency-key': z.string().regex(pattern).optional().meta({
    description:
      'Names the request: sent again with it, nothing is created twice, and the answer is that of the first time, whatever has become of it since.',
  }),
});

/** The key by which a client names its request. Throws `invalid-request` for one that cannot be kept. */
export function idempotencyKey(c: Context): string | undefined {
  const header = requestHeader(c, 'idempotency-key')?.replace(/^"(.*)"$/, '$1');
  if (header === undefined || pattern.test(header)) return header;
  const message = 'must be 1 to 200 printable ASCII characters without spaces';
  throw new Problem('invalid-request', `The header Idempotency-Key ${message}.`, {
    errors: [{ path: '/idempotency-key', message }],
  });
}
