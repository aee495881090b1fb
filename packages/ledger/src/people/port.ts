import type { Instant, LearnerId } from '@watchledger/rules';
import type { Authorship } from '../audit/port.ts';
import type { ImportCount } from '../courseware/port.ts';
import type { ExpectedVersion } from '../versions/expected.ts';

export interface StoredOrganisation {
  readonly organisationId: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What the roster says of a learner. */
export interface RosterFields {
  readonly name: string;
  /** Null: headquarters. */
  readonly organisationId: string | null;
  /** Whether they still owe study hours. */
  readonly active: boolean;
}

export interface StoredLearner {
  readonly learnerId: LearnerId;
  readonly name: string | null;
  readonly organisationId: string | null;
  readonly active: boolean;
  /** Null: seen, but not on the roster. */
  readonly rosteredAt: Instant | null;
  readonly version: number;
}

export interface PeopleWrite extends Authorship {
  readonly expected: ExpectedVersion;
}

export interface RosterWrite extends PeopleWrite {
  /** The institute of who writes, which takes nobody from another one; null: headquarters. */
  readonly officeId: string | null;
}

export type OrganisationWritten =
  | { readonly outcome: 'created' | 'changed' | 'unchanged'; readonly organisation: StoredOrganisation }
  | { readonly outcome: 'conflict' };

export type LearnerWritten =
  | { readonly outcome: 'created' | 'changed' | 'unchanged'; readonly learner: StoredLearner }
  | { readonly outcome: 'conflict' | 'unknown-organisation' | 'not-theirs' };

export interface RosterImport extends RosterFields {
  readonly learnerId: LearnerId;
}

export interface LearnerSearch {
  readonly organisationId: string | null;
  /** Part of the name or the id; ASCII letters in any case. */
  readonly query: string | null;
  readonly active: boolean | null;
  /** Only these; null: all. */
  readonly among: readonly LearnerId[] | null;
  readonly after: LearnerId | null;
  readonly limit: number;
}

/** The roster: who there is, and of which institute. Methods reject with `LedgerUnavailable`. */
export interface PeopleLedger {
  putOrganisation(id: string, name: string, write: PeopleWrite): Promise<OrganisationWritten>;
  organisation(id: string): Promise<StoredOrganisation | null>;
  /** In the order of ids, byte by byte. */
  organisations(after: string | null, limit: number): Promise<StoredOrganisation[]>;
  putLearner(id: LearnerId, fields: RosterFields, write: RosterWrite): Promise<LearnerWritten>;
  /** Null where nobody knows them. */
  learner(id: LearnerId): Promise<StoredLearner | null>;
  /** In the order of ids, byte by byte. */
  learners(search: LearnerSearch): Promise<StoredLearner[]>;
  /** Names and institutes of some learners; who is not known is left out. */
  learnersNamed(ids: readonly LearnerId[]): Promise<ReadonlyMap<LearnerId, StoredLearner>>;
  /** All or nothing; ids are unique. An institute that does not exist is told, and nothing is done. */
  import(
    rows: readonly RosterImport[],
    by: Authorship & Pick<RosterWrite, 'officeId'>,
    dryRun: boolean,
  ): Promise<
    | ImportCount
    | { readonly unknownOrganisations: ReadonlySet<string> }
    /** On the roster of another institute than that of who imports. */
    | { readonly notTheirs: ReadonlySet<LearnerId> }
  >;
}
