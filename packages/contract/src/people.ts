import { z } from 'zod';
import { LearnerId, OrganisationId } from './ids.ts';
import { page, pageQuery } from './paging.ts';
import { displayText, Moment, reason, WholeNumber, YesOrNo } from './values.ts';

/** `PUT /v1/organisations/{id}` */
export const PutOrganisation = z
  .strictObject({ name: displayText(200), reason })
  .meta({ id: 'PutOrganisation' });
export type PutOrganisation = z.infer<typeof PutOrganisation>;

/** An institute: learners belong to it, reviewers and admins may be of it. */
export const Organisation = z
  .object({ organisationId: OrganisationId, name: z.string(), createdAt: Moment, updatedAt: Moment })
  .meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof Organisation>;

export const OrganisationsQuery = z.strictObject({ ...pageQuery });
export const OrganisationsPage = page(Organisation, 'OrganisationsPage');
export type OrganisationsPage = z.infer<typeof OrganisationsPage>;

/** What the roster says of a learner. */
export const RosterFields = z.strictObject({
  name: displayText(200),
  organisationId: OrganisationId.nullish().meta({ description: 'Absent or null: headquarters.' }),
  active: z.boolean().optional().meta({ description: 'Whether they still owe study hours; absent: true.' }),
});
export type RosterFields = z.infer<typeof RosterFields>;

/** `PUT /v1/learners/{id}` */
export const PutLearner = RosterFields.extend({ reason }).meta({ id: 'PutLearner' });
export type PutLearner = z.infer<typeof PutLearner>;

export const Learner = z
  .object({
    learnerId: LearnerId,
    name: z.string().nullable(),
    organisationId: OrganisationId.nullable(),
    active: z.boolean(),
    rosteredAt: Moment.nullable().meta({ description: 'Null: seen, but not on the roster.' }),
  })
  .meta({ id: 'Learner' });
export type Learner = z.infer<typeof Learner>;

/** `GET /v1/learners` */
export const LearnersQuery = z.strictObject({
  ...pageQuery,
  organisationId: OrganisationId.optional(),
  query: displayText(200).optional().meta({ description: 'Part of the name or of the id, in any case.' }),
  active: YesOrNo.optional(),
  learnerId: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(LearnerId).max(200))
    .optional()
    .meta({ description: 'Repeatable: only these learners.' }),
});
export const LearnersPage = page(Learner, 'LearnersPage');
export type LearnersPage = z.infer<typeof LearnersPage>;

/** One line of an imported roster, read. */
export const RosterRow = z.object({
  learnerId: LearnerId,
  name: displayText(200),
  organisationId: OrganisationId.nullable(),
  active: z.boolean(),
});
export type RosterRow = z.infer<typeof RosterRow>;

/** What an import did, or with `dryRun` would do. */
export const Imported = z
  .object({ dryRun: z.boolean(), created: WholeNumber, updated: WholeNumber, unchanged: WholeNumber })
  .meta({ id: 'Imported', description: 'What the import did, or with `dryRun` would do.' });
export type Imported = z.infer<typeof Imported>;

/** The query of every import. */
export const ImportQuery = z.strictObject({
  dryRun: YesOrNo.default(false).meta({ description: 'Check the file and count, but change nothing.' }),
});

/** `GET /v1/me`: what the roster says of who asks. */
export const Me = z
  .object({
    learnerId: LearnerId,
    name: z.string().nullable(),
    organisationId: OrganisationId.nullable(),
    organisationName: z.string().nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;
