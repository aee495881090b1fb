import type { Learner, Organisation } from '@watchledger/contract';
import type { StoredLearner, StoredOrganisation } from '@watchledger/ledger';
import { entityTag } from '../access/entity-tag.ts';
import { rfc3339 } from '../moments/rfc3339.ts';

export interface TaggedOrganisation {
  readonly organisation: Organisation;
  readonly etag: string;
}

export interface TaggedLearner {
  readonly learner: Learner;
  /** Null: the roster says nothing of them yet, and so has no version. */
  readonly etag: string | null;
}

export const organisationShape = (stored: StoredOrganisation): Organisation => ({
  organisationId: stored.organisationId,
  name: stored.name,
  createdAt: rfc3339(stored.createdAt),
  updatedAt: rfc3339(stored.updatedAt),
});

export const learnerShape = (stored: StoredLearner): Learner => ({
  learnerId: stored.learnerId,
  name: stored.name,
  organisationId: stored.organisationId,
  active: stored.active,
  rosteredAt: stored.rosteredAt === null ? null : rfc3339(stored.rosteredAt),
});

export const taggedOrganisation = (stored: StoredOrganisation): TaggedOrganisation => ({
  organisation: organisationShape(stored),
  etag: entityTag(stored.version),
});

export const taggedLearner = (stored: StoredLearner): TaggedLearner => ({
  learner: learnerShape(stored),
  etag: stored.rosteredAt === null ? null : entityTag(stored.version),
});
