import { Problem, type Scope } from '@watchledger/contract';
import type { ActivityReader, Officer } from '@watchledger/usecases';
import { requireScope, requireUnbound, watcher } from './access.ts';
import type { Principal } from './principal.ts';

/** Who decides for an institute or for headquarters; throws `forbidden` unless the token has the scope. */
export const officer =
  (scope: Scope) =>
  (principal: Principal): Officer => {
    requireScope(principal, scope);
    return { actor: principal.subject, organisationId: principal.organisation };
  };

/** Who may end the sessions of others, and as which learner their own, since `admin` implies `watch`; null: only learners. */
export function adminOfSessions(
  principal: Principal,
): (Officer & { readonly ownLearnerId: string | null }) | null {
  if (principal.courseware !== null || !principal.scopes.has('admin')) return null;
  return { ...officer('admin')(principal), ownLearnerId: principal.learnerId };
}

/** A learner on their own behalf; a token of a courseware page is not enough (T21). */
export function ownLearner(principal: Principal): { readonly learnerId: string } {
  requireUnbound(principal);
  return { learnerId: watcher(principal).learnerId };
}

/** Who reads activities and evidence: a reviewer what is theirs, or a learner their own. */
export function activityReader(principal: Principal): ActivityReader {
  requireUnbound(principal);
  if (principal.scopes.has('review')) {
    const self = principal.scopes.has('watch') ? principal.learnerId : null;
    return { as: 'reviewer', organisationId: principal.organisation, self };
  }
  return { as: 'learner', learnerId: watcher(principal).learnerId };
}

/** Whoever has a token; the learner where the token is a learner's own. */
export function viewer(principal: Principal): {
  readonly viewer: string | null;
  readonly organisationId: string | null;
} {
  requireUnbound(principal);
  const { scopes, learnerId, organisation } = principal;
  return { viewer: scopes.has('watch') ? learnerId : null, organisationId: organisation };
}

/** Whose enrolments are read: one's own, or a named learner's by a reviewer. */
export function enrolmentsOf(principal: Principal, named: string | undefined): string {
  requireUnbound(principal);
  if (named !== undefined && principal.scopes.has('review') && principal.organisation === null) return named;
  const { learnerId } = watcher(principal);
  if (named === undefined || named === learnerId) return learnerId;
  throw new Problem('forbidden', 'The token may read the enrolments of its own learner only.', {
    requiredScope: 'review',
  });
}
