import { type OrganisationsPage, Problem } from '@watchledger/contract';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import { type Officer, requireHeadquarters } from '../access/reviewer.ts';
import { cursorOf, isOrganisationId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { PeopleContext } from './context.ts';
import { organisationShape, type TaggedOrganisation, taggedOrganisation } from './shape.ts';

export interface PutOrganisationInput extends Officer {
  readonly id: string;
  readonly name: string;
  readonly ifMatch?: IfMatch | undefined;
  readonly reason?: string | undefined;
}

/**
 * Creates or renames an institute; headquarters alone do it.
 * @throws Problem `forbidden`, `precondition-failed`, `unavailable`
 */
export async function putOrganisation(
  { people, now }: PeopleContext,
  { actor, organisationId, id, name, ifMatch, reason }: PutOrganisationInput,
): Promise<TaggedOrganisation & { readonly created: boolean }> {
  requireHeadquarters({ organisationId });
  const write = { actor, at: now(), reason: reason ?? null, expected: expectedVersion(ifMatch) };
  const written = await whileStoresAnswer(() => people.putOrganisation(id, name, write));
  if (written.outcome === 'conflict')
    throw new Problem(
      'precondition-failed',
      `The institute "${id}" is not at the version that If-Match names.`,
    );
  return { ...taggedOrganisation(written.organisation), created: written.outcome === 'created' };
}

/** @throws Problem `organisation-not-found`, `unavailable` */
export async function getOrganisation(
  { people }: PeopleContext,
  { id, organisationId }: { readonly id: string; readonly organisationId: string | null },
): Promise<TaggedOrganisation> {
  const stored =
    organisationId === null || organisationId === id
      ? await whileStoresAnswer(() => people.organisation(id))
      : null;
  if (stored === null) throw new Problem('organisation-not-found', `There is no institute "${id}".`);
  return taggedOrganisation(stored);
}

const cursors = cursorOf('organisations', isOrganisationId);

/** The institutes, in the order of their ids. */
export async function listOrganisations(
  { people }: PeopleContext,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | null | undefined },
): Promise<OrganisationsPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  const found = await whileStoresAnswer(() => people.organisations(after, limit + 1));
  return pageOf(found, limit, organisationShape, (last) => cursors.encode([last.organisationId]));
}
