import {
  type Imported,
  type LearnersPage,
  Problem,
  type RosterFields,
  type RosterRow,
} from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import { type Officer, requireTheirs } from '../access/reviewer.ts';
import { type Placed, refusedLines } from '../imports/refused-lines.ts';
import { cursorOf, isLearnerId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { PeopleContext } from './context.ts';
import { learnerShape, type TaggedLearner, taggedLearner } from './shape.ts';

export interface PutLearnerInput extends Officer {
  readonly id: string;
  readonly fields: RosterFields;
  readonly ifMatch?: IfMatch | undefined;
  readonly reason?: string | undefined;
}

/**
 * Puts a learner on the roster, or changes what it says. An officer of an institute does so for its own alone.
 * @throws Problem `forbidden`, `invalid-request`, `learner-not-found`, `precondition-failed`, `unavailable`
 */
export async function putLearner(
  { people, now }: PeopleContext,
  { actor, organisationId: officeId, id, fields, ifMatch, reason }: PutLearnerInput,
): Promise<TaggedLearner & { readonly created: boolean }> {
  const learnerId = id as LearnerId;
  const { name, active = true } = fields;
  const organisationId = fields.organisationId ?? null;
  return whileStoresAnswer(async () => {
    if (officeId !== null && organisationId !== officeId) throw notYours(officeId);
    const expected = expectedVersion(ifMatch);
    const write = { actor, at: now(), reason: reason ?? null, expected, officeId };
    const written = await people.putLearner(learnerId, { name, organisationId, active }, write);
    switch (written.outcome) {
      case 'conflict':
        throw new Problem(
          'precondition-failed',
          `The learner "${id}" is not at the version that If-Match names.`,
        );
      case 'not-theirs':
        throw notYours(officeId ?? '');
      case 'unknown-organisation':
        throw new Problem('invalid-request', `/organisationId There is no institute "${organisationId}".`, {
          errors: [{ path: '/organisationId', message: `there is no institute "${organisationId}"` }],
        });
      default:
        return { ...taggedLearner(written.learner), created: written.outcome === 'created' };
    }
  });
}

const notYours = (organisationId: string): Problem =>
  new Problem(
    'forbidden',
    `An officer of "${organisationId}" keeps the roster of "${organisationId}" alone.`,
  );

/** @throws Problem `learner-not-found`, `unavailable` */
export async function getLearner(
  context: PeopleContext,
  { id, organisationId }: { readonly id: string; readonly organisationId: string | null },
): Promise<TaggedLearner> {
  return whileStoresAnswer(async () => {
    await requireTheirs(context, organisationId, id);
    const stored = await context.people.learner(id as LearnerId);
    if (stored === null) throw new Problem('learner-not-found', `Nobody knows a learner "${id}".`);
    return taggedLearner(stored);
  });
}

const cursors = cursorOf('learners', isLearnerId);

export interface ListLearnersInput {
  /** The institute of who asks; null: headquarters. */
  readonly officeId: string | null;
  readonly organisationId?: string | undefined;
  readonly query?: string | undefined;
  readonly active?: boolean | undefined;
  /** Only these. */
  readonly learnerIds?: readonly string[] | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

/** The learners in the order of their ids. */
export async function listLearners(
  { people }: PeopleContext,
  { officeId, organisationId, query, active, learnerIds, limit, cursor }: ListLearnersInput,
): Promise<LearnersPage> {
  const [after = null] = cursors.decode(cursor) ?? [];
  if (officeId !== null && organisationId !== undefined && organisationId !== officeId)
    return { items: [], nextCursor: null };
  const search = {
    organisationId: officeId ?? organisationId ?? null,
    query: query ?? null,
    active: active ?? null,
    among: (learnerIds ?? null) as readonly LearnerId[] | null,
    after: after as LearnerId | null,
    limit: limit + 1,
  };
  const found = await whileStoresAnswer(() => people.learners(search));
  return pageOf(found, limit, learnerShape, (last) => cursors.encode([last.learnerId]));
}

export interface ImportLearnersInput extends Officer {
  readonly rows: readonly Placed<RosterRow>[];
  readonly dryRun: boolean;
}

/**
 * Puts all learners of a file on the roster, or none.
 * @throws Problem `invalid-request` naming every line at fault, `unavailable`
 */
export async function importLearners(
  { people, now }: PeopleContext,
  { actor, organisationId: officeId, rows, dryRun }: ImportLearnersInput,
): Promise<Imported> {
  const faults = rows
    .filter(({ row }) => officeId !== null && row.organisationId !== officeId)
    .map(({ line }) => ({ line, field: 'organisationId', message: `is not "${officeId}", your institute` }));
  if (faults.length > 0) throw refusedLines(faults);
  const by = { actor, at: now(), reason: 'import', officeId };
  const imported = rows.map(({ row }) => ({ ...row, learnerId: row.learnerId as LearnerId }));
  return whileStoresAnswer(async () => {
    const count = await people.import(imported, by, dryRun);
    if ('notTheirs' in count) {
      throw refusedLines(
        rows
          .filter(({ row }) => count.notTheirs.has(row.learnerId as LearnerId))
          .map(({ line }) => ({
            line,
            field: 'learnerId',
            message: 'is on the roster of another institute',
          })),
      );
    }
    if ('unknownOrganisations' in count) {
      const { unknownOrganisations } = count;
      throw refusedLines(
        rows
          .filter(({ row }) => row.organisationId !== null && unknownOrganisations.has(row.organisationId))
          .map(({ line, row }) => ({
            line,
            field: 'organisationId',
            message: `there is no institute "${row.organisationId}"`,
          })),
      );
    }
    return { dryRun, created: count.created, updated: count.changed, unchanged: count.unchanged };
  });
}
