import { CoursewareId, LearnerId, Problem, readScopes } from '@watchledger/contract';
import { z } from 'zod';
import type { Principal } from './principal.ts';

/** What a verified token says, its times in epoch milliseconds. */
export interface Claims {
  readonly principal: Principal;
  readonly expiresAt: number;
  readonly notBefore: number;
}

/** Kept in the audit trail as it is: nothing that a store would refuse, or that a reader could not see. */
const name = z
  .string()
  .min(1)
  .max(128)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));

const Payload = z.object({
  sub: name,
  exp: z.number(),
  nbf: z.number().optional(),
  scope: z.string().default(''),
  courseware: z.array(CoursewareId).max(1000).optional(),
  org: name.optional(),
});

/** Who somebody is that signed in by other means than a token, with the claims that a token would have. */
export const principalOf = ({ sub, scope, org }: { sub: string; scope: string; org?: string | undefined }) =>
  readClaims({ sub, scope, org, exp: 0 }).principal;

/** Reads a verified payload. A restriction that cannot be read is refused, never ignored. */
export function readClaims(payload: unknown): Claims {
  const { success, data } = Payload.safeParse(payload);
  if (!success) throw new Problem('unauthenticated', 'The token has claims that cannot be read.');
  return {
    principal: {
      subject: data.sub,
      learnerId: LearnerId.safeParse(data.sub).success ? data.sub : null,
      scopes: readScopes(data.scope),
      courseware: data.courseware ? new Set(data.courseware) : null,
      organisation: data.org ?? null,
    },
    expiresAt: data.exp * 1000,
    notBefore: (data.nbf ?? 0) * 1000,
  };
}
