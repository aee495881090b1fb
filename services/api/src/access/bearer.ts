import { Problem } from '@watchledger/contract';
import type { Context } from 'hono';
import { requestHeader } from '../http/request-header.ts';
import type { Principal, VerifyToken } from './principal.ts';

/** Who sends this request; throws `unauthenticated` where it has no valid bearer token. */
export function authenticate(c: Context, verifyToken: VerifyToken): Principal | Promise<Principal> {
  const authorization = requestHeader(c, 'authorization');
  if (authorization === undefined) throw new Problem('unauthenticated', 'The request has no bearer token.');
  const [, token] = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization) ?? [];
  if (token === undefined)
    throw new Problem('unauthenticated', 'The Authorization header has no bearer token.');
  return verifyToken(token);
}
