import { Problem, type Scope } from '@watchledger/contract';
import type { AllowedCourseware } from '@watchledger/usecases';
import type { Principal } from './principal.ts';

/** Throws `forbidden` unless the token has the scope and is free to serve any courseware. */
export function requireScope(principal: Principal, scope: Scope): void {
  requireUnbound(principal);
  if (!principal.scopes.has(scope)) throw lacking(scope);
}

/** A token bound to courseware serves viewing and one's own credits, nothing else (T21). */
export function requireUnbound(principal: Principal): void {
  if (principal.courseware === null) return;
  throw new Problem('forbidden', 'The token is bound to courseware and serves only viewing and own credits.');
}

/** Whoever has a token; what they may see, the operation looks at itself. */
export const itself = (principal: Principal): Principal => principal;

/** The same, for tokens that are not bound to courseware. */
export function unbound(principal: Principal): Principal {
  requireUnbound(principal);
  return principal;
}

/** Who reads the credits of many: of the roster of this institute, or (null) of everybody. */
export function readerOfAll(principal: Principal): string | null {
  requireScope(principal, 'credits:read');
  return principal.organisation;
}

/** The learner that a token watches as, and the courseware that it serves. */
export interface Watcher {
  readonly learnerId: string;
  readonly allowedCourseware: AllowedCourseware;
}

/** Throws `forbidden` unless the token is a learner's own. */
export function watcher({ learnerId, scopes, courseware }: Principal): Watcher {
  if (!scopes.has('watch')) throw lacking('watch');
  if (learnerId === null) throw new Problem('forbidden', 'The subject of the token is not a learner id.');
  return { learnerId, allowedCourseware: courseware };
}

/** Throws `forbidden` unless the token may read this learner: anybody's with `credits:read`, one's own with `watch`. */
export function requireReadingOf({ subject, scopes, courseware }: Principal, learnerId: string): void {
  if (courseware === null && scopes.has('credits:read')) return;
  if (scopes.has('watch') && subject === learnerId) return;
  throw new Problem('forbidden', 'The token may read the credits of its own learner only.', {
    requiredScope: 'credits:read',
  });
}

/** The institute whose learners a token reads, beside its own subject; null: everybody. */
export const readingFor = ({ subject, organisation }: Principal, learnerId: string): string | null =>
  subject === learnerId ? null : organisation;

/** Whose sessions a token may read: anybody's with `credits:read`, one's own with `watch`; else throws `forbidden`. */
export function readerOfSessions(principal: Principal): {
  readonly ownLearnerId: string | null;
  readonly organisationId: string | null;
  readonly self: string;
  readonly allowedCourseware: AllowedCourseware;
} {
  if (principal.courseware === null && principal.scopes.has('credits:read')) {
    const { subject: self, organisation: organisationId } = principal;
    return { ownLearnerId: null, organisationId, self, allowedCourseware: null };
  }
  const { learnerId, allowedCourseware } = watcher(principal);
  return { ownLearnerId: learnerId, organisationId: null, self: learnerId, allowedCourseware };
}

/**
 * Whose roster an export is of: a token of an institute reads its own alone, and is refused another's.
 * Throws `forbidden`.
 */
export function ownRoster(own: string | null, asked: string | undefined): string | undefined {
  if (own === null || asked === undefined || asked === own) return own ?? asked;
  throw new Problem('forbidden', `The token is of "${own}" and reads its roster only.`);
}

const lacking = (scope: Scope): Problem =>
  new Problem('forbidden', `The token lacks the scope ${scope}.`, { requiredScope: scope });
