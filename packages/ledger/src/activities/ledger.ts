import { hash } from 'node:crypto';
import { type DayNumber, dayNumber, instant, type LearnerId, milliseconds, yearOf } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, ne, or, type SQL } from 'drizzle-orm';
import { differencesOf } from '../audit/differences.ts';
import type { Authorship, TracedChange } from '../audit/port.ts';
import { likePattern } from '../courseware/changes.ts';
import type { Desk } from '../database/desk.ts';
import { chunks, upsert } from '../database/upsert.ts';
import { first, type Place, rows, run, trace, type Work } from '../database/work.ts';
import { newsFor } from '../notices/news.ts';
import { known } from '../people/known.ts';
import { reviseLearners } from '../revisions/work.ts';
import type * as tables from '../schema/sqlite.ts';
import { isAtVersion } from '../versions/expected.ts';
import { isClosed, lastClosedYear } from '../years/closed.ts';
import type {
  ActivitiesLedger,
  ActivityFields,
  ActivitySearch,
  Declaration,
  HistoryImport,
  Moved,
  OwnMove,
  Review,
  Reviewed,
  StoredActivity,
} from './port.ts';
import { similarTo } from './similar.ts';
import { type ActivityMove, activityMoves } from './states.ts';

type Row = typeof tables.activities.$inferSelect;

/** What learners declare. */
export function createActivities(desk: Desk): ActivitiesLedger {
  return {
    declare: (declaration) =>
      desk.command(function* (place) {
        const { learnerId, reference, fields, at } = declaration;
        if (reference !== null) {
          const before = yield* byReference(place, learnerId, reference);
          if (before !== undefined) {
            if (before.requestDigest !== digestOf(declaration)) return { outcome: 'other-content' };
            // What was answered then, whatever has become of it since.
            const { activityId, createdAt } = before;
            const original = declared({ ...declaration, activityId, at: instant(createdAt) });
            return { outcome: 'repeated', activity: activityOf(original) };
          }
        }
        if (yield* isClosed(place, fields.toDay, at)) return { outcome: 'year-closed' };
        const fileId = yield* unknownFile(place, learnerId, fields);
        if (fileId !== null) return { outcome: 'unknown-file', fileId };
        const requestDigest = reference === null ? null : digestOf(declaration);
        const row = { ...declared(declaration), requestDigest };
        yield* known(place, [learnerId], declaration.at);
        yield* run(place.orm.insert(place.tables.activities).values(row));
        return { outcome: 'declared', activity: activityOf(row) };
      }),

    amend: (activityId, fields, move) =>
      desk.command(function* (place) {
        const fileId = yield* unknownFile(place, move.learnerId, fields);
        if (fileId !== null) return { outcome: 'unknown-file', fileId };
        if (yield* isClosed(place, fields.toDay, move.at)) return { outcome: 'year-closed' };
        return yield* ownMove(place, activityId, move, 'amend', () => ({ ...fields }));
      }),

    submit: (activityId, move) =>
      desk.command(function* (place) {
        const row = yield* byId(place, activityId);
        // A retry after a lost answer changes nothing.
        if (row?.learnerId === move.learnerId && row.state === 'submitted' && move.expected === null)
          return { outcome: 'moved', activity: activityOf(row) };
        return yield* ownMove(place, activityId, move, 'submit', () => ({ submittedAt: move.at }));
      }),

    withdraw: (activityId, move) =>
      desk.command((place) => ownMove(place, activityId, move, 'withdraw', () => ({}))),

    review: (activityId, review) => desk.command((place) => reviewed(place, activityId, review)),

    activity: (activityId) =>
      desk.read(function* (place) {
        const row = yield* byId(place, activityId);
        if (row === undefined) return null;
        return { activity: activityOf(row), organisationId: yield* organisationOf(place, row.learnerId) };
      }),

    list: ({ after, ...search }) =>
      desk.read(function* (place) {
        const { activities } = place.tables;
        const onward = after === null ? undefined : gt(activities.activityId, after);
        return yield* found(place, search, onward, [asc(activities.activityId)]);
      }),

    decided: ({ after, ...search }) =>
      desk.read(function* (place) {
        const { activityId, decidedAt } = place.tables.activities;
        const onward =
          after === null
            ? undefined
            : and(
                lte(decidedAt, after.decidedAt),
                or(lt(decidedAt, after.decidedAt), lt(activityId, after.activityId)),
              );
        // Said always: the index of decisions holds no others.
        const isDecided = and(isNotNull(decidedAt), onward);
        return yield* found(place, search, isDecided, [desc(decidedAt), desc(activityId)]);
      }),

    approvedWithin: (learnerIds, fromDay, toDay) =>
      desk.read(function* ({ orm, tables: { activities } }) {
        const found = yield* rows(
          orm
            .select()
            .from(activities)
            .where(
              and(
                inArray(activities.learnerId, [...learnerIds]),
                eq(activities.state, 'approved'),
                gte(activities.toDay, fromDay),
                lte(activities.toDay, toDay),
              ),
            )
            .orderBy(asc(activities.toDay), asc(activities.activityId)),
        );
        return found.map(activityOf);
      }),

    similar: (event, learnerIds) => desk.read((place) => similarTo(place, event, learnerIds)),

    import: (imported, by, dryRun) => desk.command((place) => imports(place, imported, by, dryRun)),
  };
}

function* found(
  { orm, tables: { activities, learners }, holds }: Place,
  { state, learnerId, category, query, decidedBy, organisationIds, drafts, limit }: ActivitySearch,
  onward: SQL | undefined,
  order: SQL[],
): Work<StoredActivity[]> {
  const pattern = query === null ? null : likePattern(query);
  const ofLearners = (condition: SQL) =>
    inArray(activities.learnerId, orm.select({ id: learners.learnerId }).from(learners).where(condition));
  const list = yield* rows(
    orm
      .select()
      .from(activities)
      .where(
        and(
          onward,
          state === null ? undefined : eq(activities.state, state),
          drafts ? undefined : ne(activities.state, 'draft'),
          learnerId === null ? undefined : eq(activities.learnerId, learnerId),
          category === null ? undefined : eq(activities.category, category),
          decidedBy === null ? undefined : eq(activities.decidedBy, decidedBy),
          pattern === null
            ? undefined
            : or(
                holds(activities.title, pattern),
                holds(activities.learnerId, pattern),
                ofLearners(holds(learners.name, pattern)),
              ),
          ...organisationIds.map((id) => ofLearners(eq(learners.organisationId, id))),
        ),
      )
      .orderBy(...order)
      .limit(limit),
  );
  return list.map(activityOf);
}

const byId = ({ orm, tables: { activities } }: Place, activityId: string): Work<Row | undefined> =>
  first(orm.select().from(activities).where(eq(activities.activityId, activityId)));

const byReference = (
  { orm, tables: { activities } }: Place,
  learnerId: LearnerId,
  reference: string,
): Work<Row | undefined> =>
  first(
    orm
      .select()
      .from(activities)
      .where(and(eq(activities.learnerId, learnerId), eq(activities.reference, reference))),
  );

function* organisationOf({ orm, tables: { learners } }: Place, learnerId: string): Work<string | null> {
  const learner = yield* first(
    orm.select({ id: learners.organisationId }).from(learners).where(eq(learners.learnerId, learnerId)),
  );
  return learner?.id ?? null;
}

/** A file that is named as evidence and is not the learner's; null: there is none. */
function* unknownFile(
  { orm, tables: { evidenceFiles } }: Place,
  learnerId: LearnerId,
  { evidence }: ActivityFields,
): Work<string | null> {
  for (const each of evidence) {
    if (!('fileId' in each)) continue;
    const file = yield* first(
      orm
        .select({ id: evidenceFiles.fileId })
        .from(evidenceFiles)
        .where(and(eq(evidenceFiles.fileId, each.fileId), eq(evidenceFiles.learnerId, learnerId))),
    );
    if (file === undefined) return each.fileId;
  }
  return null;
}

function declared({ activityId, learnerId, fields, draft, reference, at }: Declaration): Row {
  return {
    ...fields,
    activityId,
    learnerId,
    reference,
    requestDigest: null,
    state: draft ? 'draft' : 'submitted',
    submittedAt: draft ? null : at,
    grantedMs: null,
    comment: null,
    decidedBy: null,
    decidedAt: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** The same for requests that say the same; what is not said does not count, so that a new field changes none. */
const digestOf = ({ fields, draft }: Declaration): string =>
  hash(
    'sha256',
    JSON.stringify({ ...fields, draft }, (_, value) => (value === null ? undefined : value)),
  );

/** Whether what comes again says what is there. */
function isSame(activity: StoredActivity, fields: ActivityFields): boolean {
  const names = Object.keys(fields) as (keyof ActivityFields)[];
  return names.every((name) => JSON.stringify(activity[name]) === JSON.stringify(fields[name]));
}

/** A learner's move of their own activity; what has been decided is for reviewers alone. */
function* ownMove(
  place: Place,
  activityId: string,
  { learnerId, expected, at }: OwnMove,
  move: ActivityMove,
  change: (row: Row) => Partial<Row>,
): Work<Moved> {
  const row = yield* byId(place, activityId);
  if (row === undefined || row.learnerId !== learnerId) return { outcome: 'unknown' };
  if (!isAtVersion(row.version, expected)) return { outcome: 'conflict' };
  const state = activityMoves[row.state][move];
  if (state === undefined) return { outcome: 'reviewed' };
  if (yield* isClosed(place, dayNumber(row.toDay), at)) return { outcome: 'year-closed' };
  const next: Row = { ...row, ...change(row), state, version: row.version + 1, updatedAt: at };
  yield* write(place, next);
  return { outcome: 'moved', activity: activityOf(next) };
}

function* reviewed(place: Place, activityId: string, review: Review): Work<Reviewed> {
  const { decision, comment, by, expected, organisationId } = review;
  const row = yield* byId(place, activityId);
  if (row === undefined || row.state === 'draft') return { outcome: 'unknown' };
  if (organisationId !== null && (yield* organisationOf(place, row.learnerId)) !== organisationId)
    return { outcome: 'unknown' };
  if (row.learnerId === by.actor) return { outcome: 'own' };
  if (!isAtVersion(row.version, expected)) return { outcome: 'conflict' };
  const state = activityMoves[row.state][decision];
  if (state === undefined) return { outcome: 'not-reviewable' };
  // Its learner may have changed it while the reviewer was reading.
  if (row.decidedBy === null && expected === null && row.updatedAt !== row.submittedAt)
    return { outcome: 'amended' };
  if (row.decidedBy !== null && row.decidedBy !== by.actor && expected === null)
    return { outcome: 'decided', activity: activityOf(row) };
  const declaredMs = milliseconds(row.declaredMs);
  if ((review.grantedMs ?? 0) > declaredMs) return { outcome: 'more-than-declared', declaredMs };
  if (yield* isClosed(place, dayNumber(row.toDay), by.at)) return { outcome: 'year-closed' };
  const grantedMs = decision === 'approve' ? (review.grantedMs ?? declaredMs) : null;
  const decided = { state, grantedMs, comment };
  const before = { state: row.state, grantedMs: row.grantedMs, comment: row.comment };
  // With the first decision the trail also says for what and whom hours are granted; from then on that is fixed.
  const facts = { category: row.category, toDay: row.toDay, learnerId: row.learnerId };
  const changes = [
    ...differencesOf(before, decided),
    ...(row.decidedBy === null ? differencesOf(undefined, facts) : []),
  ];
  if (changes.length === 0) return { outcome: 'reviewed', activity: activityOf(row) };
  const decidedAt = yield* newsFor(place, [row.learnerId], by.at);
  const next: Row = {
    ...row,
    ...decided,
    decidedBy: by.actor,
    decidedAt: decidedAt(row.learnerId),
    version: row.version + 1,
    updatedAt: by.at,
  };
  yield* write(place, next);
  const learnerId = row.learnerId as LearnerId;
  const action = row.decidedBy === null ? state : 'corrected';
  yield* trace([{ subject: { kind: 'activity', id: activityId }, learnerId, action, changes, by }]);
  yield* reviseLearners(place, [learnerId]);
  return { outcome: 'reviewed', activity: activityOf(next) };
}

function* write({ orm, tables: { activities } }: Place, next: Row): Work<void> {
  yield* run(orm.update(activities).set(next).where(eq(activities.activityId, next.activityId)));
}

function* imports(place: Place, imported: readonly HistoryImport[], by: Authorship, dryRun: boolean) {
  const { activities } = place.tables;
  const lastClosed = yield* lastClosedYear(place, by.at);
  const isLate = (day: DayNumber) => lastClosed !== null && yearOf(day) <= lastClosed;
  const before = yield* byReferences(place, imported);
  const concerned = imported.map(({ learnerId }) => learnerId);
  const decidedAt = yield* newsFor(place, concerned, by.at);
  const closed = new Set<string>();
  const decided = new Set<string>();
  const count = { created: 0, changed: 0, unchanged: 0 };
  const written: Row[] = [];
  const told: TracedChange[] = [];
  for (const { activityId, learnerId, reference, fields } of imported) {
    const row = before.get(keyOf(learnerId, reference));
    // Also one that a reviewer has decided otherwise since: a file that is sent twice undoes nothing.
    if (row !== undefined && isSame(activityOf(row), fields)) {
      count.unchanged += 1;
      continue;
    }
    const isDecidedOtherwise =
      row !== undefined &&
      (row.state !== 'approved' || row.grantedMs !== row.declaredMs) &&
      row.decidedBy !== by.actor;
    if (isDecidedOtherwise) decided.add(keyOf(learnerId, reference));
    if (isLate(fields.toDay) || (row !== undefined && isLate(dayNumber(row.toDay))))
      closed.add(keyOf(learnerId, reference));
    count[row === undefined ? 'created' : 'changed'] += 1;
    const fresh = declared({ activityId, learnerId, fields, draft: false, reference, at: by.at });
    const next: Row = {
      ...fresh,
      activityId: row?.activityId ?? activityId,
      state: 'approved',
      grantedMs: fields.declaredMs,
      comment: null,
      decidedBy: by.actor,
      decidedAt: decidedAt(learnerId),
      version: (row?.version ?? 0) + 1,
      createdAt: row?.createdAt ?? by.at,
    };
    written.push(next);
    told.push({
      subject: { kind: 'activity', id: next.activityId },
      learnerId,
      action: 'imported',
      changes: differencesOf(row && tellable(row), tellable(next)),
      by,
    });
  }
  if (closed.size + decided.size > 0) return { closed, decided };
  if (dryRun) return count;
  yield* known(
    place,
    written.map(({ learnerId }) => learnerId),
    by.at,
  );
  yield* upsert(place, activities, activities.activityId, written);
  yield* trace(told);
  yield* reviseLearners(place, [...new Set(written.map(({ learnerId }) => learnerId as LearnerId))]);
  return count;
}

/** What of an imported activity decides about hours. */
const tellable = ({ state, category, grantedMs, toDay, learnerId }: Row) => ({
  state,
  category,
  grantedMs,
  toDay,
  learnerId,
});

/** Names an imported line: a reference is one of its learner's. */
export const keyOf = (learnerId: string, reference: string): string => `${learnerId} ${reference}`;

function* byReferences(
  { orm, tables: { activities } }: Place,
  imported: readonly HistoryImport[],
): Work<ReadonlyMap<string, Row>> {
  const found = new Map<string, Row>();
  for (const some of chunks(imported, 500)) {
    const learnerIds = [...new Set(some.map(({ learnerId }) => learnerId))];
    const references = [...new Set(some.map(({ reference }) => reference))];
    const ofSome = and(inArray(activities.learnerId, learnerIds), inArray(activities.reference, references));
    const known = yield* rows(orm.select().from(activities).where(ofSome));
    for (const row of known) found.set(keyOf(row.learnerId, row.reference ?? ''), row);
  }
  return found;
}

function activityOf(row: Row): StoredActivity {
  const { reference: _, requestDigest: __, ...rest } = row;
  const moment = (at: number | null) => (at === null ? null : instant(at));
  return {
    ...rest,
    learnerId: row.learnerId as LearnerId,
    fromDay: dayNumber(row.fromDay),
    toDay: dayNumber(row.toDay),
    declaredMs: milliseconds(row.declaredMs),
    grantedMs: row.grantedMs === null ? null : milliseconds(row.grantedMs),
    submittedAt: moment(row.submittedAt),
    decidedAt: moment(row.decidedAt),
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}
