import type { Imported, Learner, Me, Organisation, PutLearner, PutOrganisation } from '@watchledger/contract';
import type { DryRun, Requests } from './requests.ts';
import { type Created, conditional, type IfMatch } from './tags.ts';

/** An institute and the entity tag to give back as `ifMatch`. */
export interface TaggedOrganisation {
  readonly organisation: Organisation;
  readonly etag: string;
}

/** A learner and the entity tag to give back as `ifMatch`. */
export interface TaggedLearner {
  readonly learner: Learner;
  readonly etag: string;
}

/**
 * The institutes, and the roster of learners. It needs `admin`; the lists take `review` as well.
 * An officer of an institute sees and keeps its own roster alone.
 */
export interface PeopleClient {
  /** Creates or renames an institute; headquarters alone. */
  putOrganisation(
    id: string,
    fields: PutOrganisation,
    options?: IfMatch,
  ): Promise<TaggedOrganisation & Created>;
  getOrganisation(id: string): Promise<TaggedOrganisation>;
  /** In the order of their ids; needs `review` or `admin`. */
  listOrganisations(): AsyncIterable<Organisation>;

  /** Puts a learner on the roster, or changes what it says; an absent `organisationId` is headquarters. */
  putLearner(id: string, fields: PutLearner, options?: IfMatch): Promise<TaggedLearner & Created>;
  getLearner(id: string): Promise<TaggedLearner>;
  /** What the roster says of the token's own learner; needs `watch`. */
  me(): Promise<Me>;
  /** In the order of their ids; needs `review` or `admin`. */
  listLearners(search?: {
    readonly organisationId?: string;
    /** Part of the name or of the id, in any case. */
    readonly query?: string;
    /** Whether they still owe study hours. */
    readonly active?: boolean;
    /** Only these, up to 200. */
    readonly learnerId?: readonly string[];
  }): AsyncIterable<Learner>;
  /**
   * A roster as CSV, all or nothing; every bad line is named in `problem.errors`.
   * @example importLearners('learnerId,name,organisationId,active\nu-17,王芳,imr,true\n')
   */
  importLearners(csv: string, options?: DryRun): Promise<Imported>;
}

export const peopleClient = ({ json, tagged, items, importCsv }: Requests): PeopleClient => ({
  putOrganisation: async (id, fields, condition) => {
    const { body: organisation, ...rest } = await tagged<Organisation>({
      method: 'PUT',
      path: ['organisations', id],
      body: fields,
      headers: conditional(condition),
    });
    return { organisation, ...rest };
  },
  me: () => json({ path: ['me'] }),
  getOrganisation: async (id) => {
    const { body: organisation, etag } = await tagged<Organisation>({ path: ['organisations', id] });
    return { organisation, etag };
  },
  listOrganisations: () => items({ path: ['organisations'] }),

  putLearner: async (id, fields, condition) => {
    const { body: learner, ...rest } = await tagged<Learner>({
      method: 'PUT',
      path: ['learners', id],
      body: fields,
      headers: conditional(condition),
    });
    return { learner, ...rest };
  },
  getLearner: async (id) => {
    const { body: learner, etag } = await tagged<Learner>({ path: ['learners', id] });
    return { learner, etag };
  },
  listLearners: (search) => items({ path: ['learners'], query: { ...search } }),
  importLearners: (csv, options) => importCsv(['learners', 'import'], csv, options),
});
