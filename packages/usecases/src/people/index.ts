export type { PeopleContext } from './context.ts';
export { getLearner, importLearners, listLearners, putLearner } from './learners.ts';
export { me } from './me.ts';
export { type Named, namesOf } from './names-of.ts';
export { getOrganisation, listOrganisations, putOrganisation } from './organisations.ts';
export type { TaggedLearner, TaggedOrganisation } from './shape.ts';
