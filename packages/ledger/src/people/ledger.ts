import { instant, type LearnerId } from '@watchledger/rules';
import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import { differencesOf } from '../audit/differences.ts';
import type { Authorship, TracedChange } from '../audit/port.ts';
import { likePattern } from '../courseware/changes.ts';
import type { Desk } from '../database/desk.ts';
import { chunks, upsert } from '../database/upsert.ts';
import { first, type Place, rows, trace, type Work } from '../database/work.ts';
import type * as tables from '../schema/sqlite.ts';
import { isAtVersion } from '../versions/expected.ts';
import type { PeopleLedger, RosterFields, StoredLearner, StoredOrganisation } from './port.ts';

/** The roster. */
export function createPeople(desk: Desk): PeopleLedger {
  return {
    putOrganisation: (id, name, { expected, ...by }) =>
      desk.command(function* (place) {
        const { tables } = place;
        const row = yield* organisationRow(place, id);
        if (!isAtVersion(row?.version, expected)) return { outcome: 'conflict' };
        if (row?.name === name) return { outcome: 'unchanged', organisation: organisationOf(row) };
        const next = {
          organisationId: id,
          name,
          version: (row?.version ?? 0) + 1,
          createdAt: row?.createdAt ?? by.at,
          updatedAt: by.at,
        };
        yield* upsert(place, tables.organisations, tables.organisations.organisationId, [next]);
        const action = row === undefined ? 'created' : 'updated';
        const changes = differencesOf(row && { name: row.name }, { name });
        yield* trace([{ subject: { kind: 'organisation', id }, action, changes, by }]);
        return { outcome: row === undefined ? 'created' : 'changed', organisation: organisationOf(next) };
      }),

    organisation: (id) =>
      desk.read(function* (place) {
        const row = yield* organisationRow(place, id);
        return row === undefined ? null : organisationOf(row);
      }),

    organisations: (after, limit) =>
      desk.read(function* ({ orm, tables: { organisations } }) {
        const found = yield* rows(
          orm
            .select()
            .from(organisations)
            .where(after === null ? undefined : gt(organisations.organisationId, after))
            .orderBy(asc(organisations.organisationId))
            .limit(limit),
        );
        return found.map(organisationOf);
      }),

    putLearner: (id, fields, { expected, officeId, ...by }) =>
      desk.command(function* (place) {
        const row = (yield* learnerRows(place, [id])).get(id);
        if (!isAtVersion(isRostered(row) ? row.version : undefined, expected)) return { outcome: 'conflict' };
        if (isElses(row, officeId)) return { outcome: 'not-theirs' };
        if (fields.organisationId !== null) {
          const organisation = yield* organisationRow(place, fields.organisationId);
          if (organisation === undefined) return { outcome: 'unknown-organisation' };
        }
        const { outcome, next, traced } = rostered(row, id, fields, by);
        if (traced !== null) {
          yield* writeLearners(place, [next]);
          yield* trace([traced]);
        }
        return { outcome, learner: learnerOf(next) };
      }),

    learner: (id) =>
      desk.read(function* (place) {
        const row = (yield* learnerRows(place, [id])).get(id);
        return row === undefined ? null : learnerOf(row);
      }),

    learners: ({ organisationId, query, active, among, after, limit }) =>
      desk.read(function* ({ orm, tables: { learners }, holds }) {
        const pattern = query === null ? null : likePattern(query);
        const found = yield* rows(
          orm
            .select()
            .from(learners)
            .where(
              and(
                after === null ? undefined : gt(learners.learnerId, after),
                organisationId === null ? undefined : eq(learners.organisationId, organisationId),
                active === null ? undefined : eq(learners.active, active),
                among === null ? undefined : inArray(learners.learnerId, [...among]),
                pattern === null
                  ? undefined
                  : or(holds(learners.name, pattern), holds(learners.learnerId, pattern)),
              ),
            )
            .orderBy(asc(learners.learnerId))
            .limit(limit),
        );
        return found.map(learnerOf);
      }),

    learnersNamed: (ids) =>
      desk.read(function* (place) {
        const found = yield* learnerRows(place, ids);
        return new Map(Array.from(found, ([id, row]) => [id as LearnerId, learnerOf(row)]));
      }),

    import: (imported, { officeId, ...by }, dryRun) =>
      desk.command(function* (place) {
        const unknownOrganisations = yield* unknownAmong(
          place,
          imported.flatMap(({ organisationId }) => organisationId ?? []),
        );
        if (unknownOrganisations.size > 0) return { unknownOrganisations };
        const known = yield* learnerRows(
          place,
          imported.map(({ learnerId }) => learnerId),
        );
        const elses = imported.filter(({ learnerId }) => isElses(known.get(learnerId), officeId));
        if (elses.length > 0) return { notTheirs: new Set(elses.map(({ learnerId }) => learnerId)) };
        const count = { created: 0, changed: 0, unchanged: 0 };
        const written: LearnerRow[] = [];
        const told: TracedChange[] = [];
        for (const { learnerId, ...fields } of imported) {
          const { outcome, next, traced } = rostered(known.get(learnerId), learnerId, fields, by);
          count[outcome] += 1;
          if (traced === null) continue;
          written.push(next);
          told.push(traced);
        }
        if (dryRun) return count;
        yield* writeLearners(place, written);
        yield* trace(told);
        return count;
      }),
  };
}

type OrganisationRow = typeof tables.organisations.$inferSelect;
type LearnerRow = typeof tables.learners.$inferSelect;

function organisationRow(
  { orm, tables: { organisations } }: Place,
  id: string,
): Work<OrganisationRow | undefined> {
  return first(orm.select().from(organisations).where(eq(organisations.organisationId, id)));
}

function* unknownAmong(
  { orm, tables: { organisations } }: Place,
  ids: readonly string[],
): Work<ReadonlySet<string>> {
  const unknown = new Set(ids);
  for (const some of chunks([...unknown], 500)) {
    const found = yield* rows(
      orm
        .select({ id: organisations.organisationId })
        .from(organisations)
        .where(inArray(organisations.organisationId, [...some])),
    );
    for (const { id } of found) unknown.delete(id);
  }
  return unknown;
}

function* learnerRows(
  { orm, tables: { learners } }: Place,
  ids: readonly LearnerId[],
): Work<ReadonlyMap<string, LearnerRow>> {
  const found = new Map<string, LearnerRow>();
  for (const some of chunks(ids, 500)) {
    const known = yield* rows(
      orm
        .select()
        .from(learners)
        .where(inArray(learners.learnerId, [...some])),
    );
    for (const row of known) found.set(row.learnerId, row);
  }
  return found;
}

const writeLearners = (place: Place, written: readonly LearnerRow[]): Work<void> =>
  upsert(place, place.tables.learners, place.tables.learners.learnerId, written);

/** What becomes of a learner whom the roster is to name like this from now on. */
function rostered(row: LearnerRow | undefined, learnerId: LearnerId, fields: RosterFields, by: Authorship) {
  const before = isRostered(row)
    ? { name: row.name, organisationId: row.organisationId, active: row.active }
    : undefined;
  const changes = differencesOf(before, { ...fields });
  const outcome = before === undefined ? 'created' : changes.length > 0 ? 'changed' : 'unchanged';
  const next: LearnerRow = {
    ...fields,
    learnerId,
    firstSeenAt: row?.firstSeenAt ?? by.at,
    rosteredAt: row?.rosteredAt ?? by.at,
    version: (row?.version ?? 0) + (outcome === 'unchanged' ? 0 : 1),
  };
  const action = outcome === 'created' ? 'created' : 'updated';
  const subject = { kind: 'learner', id: learnerId } as const;
  const traced: TracedChange | null =
    outcome === 'unchanged' ? null : { subject, learnerId, action, changes, by };
  return { outcome, next, traced } as const;
}

/** Whether a learner is on the roster of another institute than the office's. */
const isElses = (row: LearnerRow | undefined, officeId: string | null): boolean =>
  officeId !== null && isRostered(row) && row.organisationId !== officeId;

function isRostered(row: LearnerRow | undefined): row is LearnerRow {
  return row !== undefined && row.rosteredAt !== null;
}

const organisationOf = (row: OrganisationRow): StoredOrganisation => ({
  ...row,
  createdAt: instant(row.createdAt),
  updatedAt: instant(row.updatedAt),
});

const learnerOf = ({
  learnerId,
  name,
  organisationId,
  active,
  rosteredAt,
  version,
}: LearnerRow): StoredLearner => ({
  learnerId: learnerId as LearnerId,
  name,
  organisationId,
  active,
  rosteredAt: rosteredAt === null ? null : instant(rosteredAt),
  version,
});
