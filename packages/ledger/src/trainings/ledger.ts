import { dayNumber, instant, type LearnerId, milliseconds, yearOf } from '@watchledger/rules';
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { differencesOf } from '../audit/differences.ts';
import type { TracedChange } from '../audit/port.ts';
import { likePattern } from '../courseware/changes.ts';
import type { Desk } from '../database/desk.ts';
import { chunks, upsert } from '../database/upsert.ts';
import { first, type Place, rows, trace, type Work } from '../database/work.ts';
import { known } from '../people/known.ts';
import { reviseLearners } from '../revisions/work.ts';
import type * as tables from '../schema/sqlite.ts';
import { isAtVersion } from '../versions/expected.ts';
import { isClosed, lastClosedYear } from '../years/closed.ts';
import type {
  Attendee,
  AttendeeFault,
  EnrolmentDecision,
  EnrolmentsDecided,
  ShownTraining,
  StoredEnrolment,
  StoredTraining,
  TrainingFields,
  TrainingRefusal,
  TrainingSearch,
  TrainingsLedger,
  TrainingWrite,
  TrainingWritten,
} from './port.ts';

type TrainingRow = typeof tables.trainings.$inferSelect;
type EnrolmentRow = typeof tables.enrolments.$inferSelect;

/** Trainings and who takes part. */
export function createTrainings(desk: Desk): TrainingsLedger {
  return {
    put: (trainingId, fields, write) => desk.command((place) => put(place, trainingId, fields, write)),

    hide: (trainingId, { expected, organisationId, ...by }) =>
      desk.command(function* (place) {
        const row = yield* visible(place, trainingId);
        if (row === undefined) return 'unknown';
        if (!isTheirs(row, organisationId)) return 'not-theirs';
        if (!isAtVersion(row.version, expected)) return 'conflict';
        yield* write(place, { ...row, hiddenAt: by.at, updatedAt: by.at, version: row.version + 1 });
        const changes = [{ field: 'hidden', from: false, to: true }];
        yield* trace([{ subject: { kind: 'training', id: trainingId }, action: 'deleted', changes, by }]);
        return 'hidden';
      }),

    shown: (trainingId, viewer) =>
      desk.read(function* (place) {
        const row = yield* visible(place, trainingId);
        return row === undefined ? null : ((yield* shown(place, [row], viewer))[0] ?? null);
      }),

    list: (search, viewer) =>
      desk.read(function* (place) {
        const { orm, tables } = place;
        const { trainings } = tables;
        const found = yield* rows(
          orm
            .select()
            .from(trainings)
            .where(and(isNull(trainings.hiddenAt), ...conditions(place, search)))
            .orderBy(desc(trainings.endsAt), desc(trainings.trainingId))
            .limit(search.limit),
        );
        return yield* shown(place, found, viewer);
      }),

    enrol: (trainingId, learnerId, at) =>
      desk.command(function* (place) {
        const training = yield* visible(place, trainingId);
        if (training === undefined) return { outcome: 'unknown' };
        const before = yield* enrolmentRow(place, trainingId, learnerId);
        if (before?.state === 'rejected') return { outcome: 'rejected' };
        if (before !== undefined && before.state !== 'cancelled')
          return { outcome: 'already', enrolment: enrolmentOf(training, before) };
        if (!isOpenAt(training, at) || (yield* isClosed(place, dayNumber(training.endDay))))
          return { outcome: 'not-open' };
        if (training.capacity !== null && (yield* taken(place, trainingId)) >= training.capacity)
          return { outcome: 'full' };
        const row = enrolled(trainingId, learnerId, at);
        yield* known(place, [learnerId], at);
        yield* writeEnrolments(place, [row]);
        return { outcome: 'enrolled', enrolment: enrolmentOf(training, row) };
      }),

    cancel: (trainingId, learnerId, at) =>
      desk.command(function* (place) {
        const row = yield* enrolmentRow(place, trainingId, learnerId);
        if (row === undefined || row.state === 'cancelled') return 'unknown';
        if (row.state !== 'enrolled') return 'decided';
        yield* writeEnrolments(place, [{ ...row, state: 'cancelled', updatedAt: at }]);
        return 'cancelled';
      }),

    rate: (trainingId, learnerId, rating, at) =>
      desk.command(function* (place) {
        const row = yield* enrolmentRow(place, trainingId, learnerId);
        if (row === undefined) return 'unknown';
        if (row.state !== 'confirmed') return 'not-confirmed';
        yield* writeEnrolments(place, [{ ...row, rating, updatedAt: at }]);
        return 'rated';
      }),

    decide: (trainingId, decision) => desk.command((place) => decide(place, trainingId, decision)),

    enrolments: (trainingId, { state, after, limit }) =>
      desk.read(function* (place) {
        const { enrolments } = place.tables;
        return yield* enrolmentsWhere(
          place,
          and(
            eq(enrolments.trainingId, trainingId),
            state === null ? undefined : eq(enrolments.state, state),
            after === null ? undefined : gt(enrolments.learnerId, after),
          ),
          [asc(enrolments.learnerId)],
          limit,
        );
      }),

    enrolmentsOf: (learnerId, after, limit) =>
      desk.read(function* (place) {
        const { enrolments } = place.tables;
        return yield* enrolmentsWhere(
          place,
          and(
            eq(enrolments.learnerId, learnerId),
            after === null ? undefined : gt(enrolments.trainingId, after),
          ),
          [asc(enrolments.trainingId)],
          limit,
        );
      }),

    confirmedWithin: (learnerIds, fromDay, toDay) =>
      desk.read(function* (place) {
        const { enrolments, trainings } = place.tables;
        return yield* enrolmentsWhere(
          place,
          and(
            inArray(enrolments.learnerId, [...learnerIds]),
            eq(enrolments.state, 'confirmed'),
            gte(trainings.endDay, fromDay),
            lte(trainings.endDay, toDay),
          ),
          [asc(trainings.endsAt), asc(trainings.trainingId)],
        );
      }),

    enrolledAmong: (trainingId, learnerIds) =>
      desk.read(function* (place) {
        const found = yield* enrolmentRows(place, trainingId, learnerIds);
        const enrolled = [...found.values()].filter(({ state }) => state !== 'cancelled');
        return new Set(enrolled.map(({ learnerId }) => learnerId as LearnerId));
      }),

    confirmed: (trainingId) => desk.read((place) => confirmed(place, trainingId)),

    import: (imported, by, dryRun) => desk.command((place) => imports(place, imported, by, dryRun)),
  };
}

function* visible({ orm, tables: { trainings } }: Place, trainingId: string): Work<TrainingRow | undefined> {
  return yield* first(
    orm
      .select()
      .from(trainings)
      .where(and(eq(trainings.trainingId, trainingId), isNull(trainings.hiddenAt))),
  );
}

/** Headquarters may change everybody's; a training that is not there is anybody's to make. */
const isTheirs = (row: TrainingRow | undefined, organisationId: string | null): boolean =>
  organisationId === null || row === undefined || row.organisationId === organisationId;

function* put(
  place: Place,
  trainingId: string,
  fields: TrainingFields,
  write: TrainingWrite,
): Work<TrainingWritten> {
  const row = (yield* trainingRows(place, [trainingId])).get(trainingId);
  const change = changeOf(row, trainingId, fields, write, yield* lastClosedYear(place));
  if (typeof change === 'string') return { outcome: change };
  if (change.next === null) return { outcome: 'unchanged', training: trainingOf(change.row) };
  const refusal = yield* hoursRefused(place, [change], write);
  if (refusal !== undefined) return { outcome: refusal };
  yield* store(place, [change]);
  return { outcome: change.outcome, training: trainingOf(change.next) };
}

/** All of them, or none: of one that is refused, nothing is written. */
function* imports(
  place: Place,
  imported: readonly { readonly trainingId: string; readonly fields: TrainingFields }[],
  by: Omit<TrainingWrite, 'expected'>,
  dryRun: boolean,
) {
  const ids = imported.map(({ trainingId }) => trainingId);
  const known = yield* trainingRows(place, ids);
  const lastClosed = yield* lastClosedYear(place);
  const refused = new Map<string, TrainingRefusal>();
  const count = { created: 0, changed: 0, unchanged: 0 };
  const changes: Changed[] = [];
  for (const { trainingId, fields } of imported) {
    const change = changeOf(known.get(trainingId), trainingId, fields, { ...by, expected: null }, lastClosed);
    if (change === 'conflict') throw new Error('nothing was expected, and yet it was not met');
    if (typeof change === 'string') {
      refused.set(trainingId, change);
      continue;
    }
    count[change.outcome] += 1;
    if (change.next === null) continue;
    changes.push(change);
    const refusal = yield* hoursRefused(place, [change], by);
    if (refusal !== undefined) refused.set(trainingId, refusal);
  }
  if (refused.size > 0) return { refused };
  if (!dryRun) yield* store(place, changes);
  return count;
}

interface Changed {
  readonly outcome: 'created' | 'changed';
  readonly next: TrainingRow;
  readonly hoursChange: boolean;
  readonly traced: TracedChange;
}

/** What becomes of a training (undefined: there is none) that is to be like this from now on, or why it may not. */
function changeOf(
  row: TrainingRow | undefined,
  trainingId: string,
  fields: TrainingFields,
  { expected, organisationId, ...by }: TrainingWrite,
  lastClosed: number | null,
):
  | Changed
  | { outcome: 'unchanged'; row: TrainingRow; next: null }
  | 'not-theirs'
  | 'conflict'
  | 'year-closed' {
  if (!isTheirs(row, organisationId)) return 'not-theirs';
  const hidden = row !== undefined && row.hiddenAt !== null;
  if (!isAtVersion(hidden ? undefined : row?.version, expected)) return 'conflict';
  const changes = differencesOf(row && tellable(row), tellable(fields));
  if (row !== undefined && !hidden && changes.length === 0) return { outcome: 'unchanged', row, next: null };
  const hoursChange = row === undefined || changes.some(({ field }) => deciding.has(field));
  const days = [fields.endDay, ...(row === undefined ? [] : [dayNumber(row.endDay)])];
  if (hoursChange && lastClosed !== null && days.some((day) => yearOf(day) <= lastClosed))
    return 'year-closed';
  const next: TrainingRow = {
    ...fields,
    trainingId,
    organisationId: row?.organisationId ?? organisationId,
    hiddenAt: null,
    version: (row?.version ?? 0) + 1,
    createdAt: row?.createdAt ?? by.at,
    updatedAt: by.at,
  };
  const action = row === undefined ? 'created' : hidden ? 'restored' : 'updated';
  const traced = { subject: { kind: 'training', id: trainingId } as const, action, changes, by };
  return { outcome: row === undefined || hidden ? 'created' : 'changed', next, hoursChange, traced };
}

/** Nobody changes the hours that they were confirmed with themselves, or moves a confirmed event ahead. */
function* hoursRefused(
  place: Place,
  changes: readonly Changed[],
  by: { readonly actor: string; readonly at: number },
): Work<'own' | 'not-over' | undefined> {
  for (const { next, hoursChange } of changes) {
    // Also of one that was taken away and comes back: who was confirmed still is.
    if (!hoursChange) continue;
    const attendees = yield* confirmed(place, next.trainingId);
    if (attendees.some(({ learnerId }) => learnerId === by.actor)) return 'own';
    if (attendees.length > 0 && next.endsAt > by.at) return 'not-over';
  }
  return undefined;
}

function* store(place: Place, changes: readonly Changed[]): Work<void> {
  const { trainings } = place.tables;
  yield* upsert(
    place,
    trainings,
    trainings.trainingId,
    changes.map(({ next }) => next),
  );
  yield* trace(changes.map(({ traced }) => traced));
  const concerned = new Set<LearnerId>();
  for (const { next, hoursChange } of changes) {
    if (!hoursChange) continue;
    for (const { learnerId } of yield* confirmed(place, next.trainingId)) concerned.add(learnerId);
  }
  // Last of all: heartbeats of these learners wait until the commit.
  yield* reviseLearners(place, [...concerned]);
}

function* trainingRows(
  { orm, tables: { trainings } }: Place,
  ids: readonly string[],
): Work<ReadonlyMap<string, TrainingRow>> {
  const found = new Map<string, TrainingRow>();
  for (const some of chunks(ids, 500)) {
    const known = yield* rows(
      orm
        .select()
        .from(trainings)
        .where(inArray(trainings.trainingId, [...some])),
    );
    for (const row of known) found.set(row.trainingId, row);
  }
  return found;
}

/** What of a training decides about hours. */
const deciding: ReadonlySet<string> = new Set([
  'onlineMs',
  'offlineMs',
  'startsAt',
  'endDay',
  'coursewareIds',
]);

/** A training as its trace tells of it; long texts by their beginning and their length. */
function tellable(fields: TrainingFields | TrainingRow) {
  const { title, kind, type, form, category, method, classification, organiser, contact, place, capacity } =
    fields;
  const {
    goal,
    content,
    onlineMs,
    offlineMs,
    startsAt,
    endsAt,
    endDay,
    enrolFrom,
    enrolUntil,
    coursewareIds,
  } = fields;
  return {
    title,
    kind,
    type,
    form,
    category,
    method,
    classification,
    organiser,
    contact,
    goal: short(goal),
    content: short(content),
    place,
    capacity,
    onlineMs,
    offlineMs,
    startsAt,
    endsAt,
    endDay,
    enrolFrom,
    enrolUntil,
    coursewareIds: coursewareIds.join(' '),
  };
}

const short = (text: string | null): string | null =>
  text === null || text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length})`;

const write = (place: Place, row: TrainingRow): Work<void> =>
  upsert(place, place.tables.trainings, place.tables.trainings.trainingId, [row]);

/** Whether one can enrol at a moment; a list is searched by the same. */
export const isOpenAt = (
  { enrolFrom, enrolUntil, endsAt }: Pick<TrainingRow, 'enrolFrom' | 'enrolUntil' | 'endsAt'>,
  at: number,
): boolean => (enrolFrom === null || enrolFrom <= at) && at <= (enrolUntil ?? endsAt);

function conditions({ tables: { trainings }, holds }: Place, search: TrainingSearch): (SQL | undefined)[] {
  const { query, kind, type, category, organiser, source, endsFrom, startsBefore, open, after } = search;
  const pattern = query === null ? null : likePattern(query);
  const own =
    source === null
      ? undefined
      : source.organisationId === null
        ? isNull(trainings.organisationId)
        : sql`coalesce(${trainings.organisationId}, '') = ${source.organisationId}`;
  const isOpen =
    open === null
      ? undefined
      : and(
          or(isNull(trainings.enrolFrom), lte(trainings.enrolFrom, open.at)),
          sql`coalesce(${trainings.enrolUntil}, ${trainings.endsAt}) >= ${open.at}`,
        );
  return [
    pattern === null
      ? undefined
      : or(
          holds(trainings.title, pattern),
          holds(trainings.organiser, pattern),
          holds(trainings.place, pattern),
          holds(trainings.content, pattern),
        ),
    kind === null ? undefined : eq(trainings.kind, kind),
    type === null ? undefined : eq(trainings.type, type),
    category === null ? undefined : eq(trainings.category, category),
    organiser === null ? undefined : eq(trainings.organiser, organiser),
    own && (source?.own ? own : not(own)),
    endsFrom === null ? undefined : gte(trainings.endsAt, endsFrom),
    startsBefore === null ? undefined : lt(trainings.startsAt, startsBefore),
    isOpen && (open?.yes ? isOpen : not(isOpen)),
    after === null
      ? undefined
      : or(
          lt(trainings.endsAt, after.endsAt),
          and(eq(trainings.endsAt, after.endsAt), lt(trainings.trainingId, after.trainingId)),
        ),
  ];
}

/** Trainings with who takes part, and what their viewer has to do with them. */
function* shown(
  { orm, tables: { enrolments } }: Place,
  found: readonly TrainingRow[],
  viewer: LearnerId | null,
): Work<ShownTraining[]> {
  const ids = found.map(({ trainingId }) => trainingId);
  const sums = yield* rows(
    orm
      .select({
        trainingId: enrolments.trainingId,
        enrolled: count(),
        ratings: count(enrolments.rating),
        ratingSum: sql`coalesce(sum(${enrolments.rating}), 0)`.mapWith(Number),
      })
      .from(enrolments)
      .where(and(inArray(enrolments.trainingId, ids), inArray(enrolments.state, ['enrolled', 'confirmed'])))
      .groupBy(enrolments.trainingId),
  );
  const owned =
    viewer === null
      ? []
      : yield* rows(
          orm
            .select()
            .from(enrolments)
            .where(and(inArray(enrolments.trainingId, ids), eq(enrolments.learnerId, viewer))),
        );
  const sumOf = new Map(sums.map((sum) => [sum.trainingId, sum]));
  const ownOf = new Map(owned.map((row) => [row.trainingId, row]));
  return found.map((row) => {
    const { enrolled = 0, ratings = 0, ratingSum = 0 } = sumOf.get(row.trainingId) ?? {};
    const own = ownOf.get(row.trainingId);
    return {
      training: trainingOf(row),
      enrolled,
      ratings,
      ratingSum,
      own: own === undefined ? null : { state: own.state, rating: own.rating },
    };
  });
}

function enrolmentRow(
  { orm, tables: { enrolments } }: Place,
  trainingId: string,
  learnerId: LearnerId,
): Work<EnrolmentRow | undefined> {
  return first(
    orm
      .select()
      .from(enrolments)
      .where(and(eq(enrolments.trainingId, trainingId), eq(enrolments.learnerId, learnerId))),
  );
}

/** How many places are taken. */
function* taken({ orm, tables: { enrolments } }: Place, trainingId: string): Work<number> {
  const sum = yield* first(
    orm
      .select({ places: count() })
      .from(enrolments)
      .where(
        and(eq(enrolments.trainingId, trainingId), inArray(enrolments.state, ['enrolled', 'confirmed'])),
      ),
  );
  return sum?.places ?? 0;
}

const enrolled = (trainingId: string, learnerId: LearnerId, at: number): EnrolmentRow => ({
  trainingId,
  learnerId,
  state: 'enrolled',
  onlineMs: null,
  offlineMs: null,
  comment: null,
  decidedBy: null,
  decidedAt: null,
  rating: null,
  enrolledAt: at,
  updatedAt: at,
});

function writeEnrolments(place: Place, written: readonly EnrolmentRow[]): Work<void> {
  const { enrolments } = place.tables;
  return upsert(place, enrolments, [enrolments.trainingId, enrolments.learnerId], written);
}

function* decide(place: Place, trainingId: string, given: EnrolmentDecision): Work<EnrolmentsDecided> {
  const { by, organisationId, attendees } = given;
  // Also of a training that was taken away: what was confirmed wrongly can be corrected.
  const training = (yield* trainingRows(place, [trainingId])).get(trainingId);
  if (training === undefined) return { outcome: 'unknown' };
  if (!isTheirs(training, organisationId)) return { outcome: 'not-theirs' };
  if (given.decision === 'confirm' && by.at < training.endsAt) return { outcome: 'not-over' };
  if (yield* isClosed(place, dayNumber(training.endDay))) return { outcome: 'year-closed' };
  const learnerIds = attendees.map(({ learnerId }) => learnerId);
  const before = yield* enrolmentRows(place, trainingId, learnerIds);
  const roster = organisationId === null ? null : yield* rosterAmong(place, organisationId, learnerIds);
  const longestMs = longestHours(training);
  const faults = new Map<number, AttendeeFault>();
  const written: EnrolmentRow[] = [];
  const told: TracedChange[] = [];
  for (const [index, attendee] of attendees.entries()) {
    const { learnerId } = attendee;
    const row = before.get(learnerId);
    const isStranger = roster !== null && !roster.has(learnerId);
    const fault = faultOf(attendee, row, given, { isStranger, training, longestMs });
    if (fault !== null) {
      faults.set(index, fault);
      continue;
    }
    const confirming = given.decision === 'confirm';
    const decided = {
      state: confirming ? ('confirmed' as const) : ('rejected' as const),
      onlineMs: confirming ? attendee.onlineMs : null,
      offlineMs: confirming ? attendee.offlineMs : null,
      comment: given.comment,
    };
    const changes = differencesOf(row && decisionOf(row), decided);
    if (changes.length === 0) continue;
    const base = row ?? enrolled(trainingId, learnerId, by.at);
    written.push({ ...base, ...decided, decidedBy: by.actor, decidedAt: by.at, updatedAt: by.at });
    const action = row?.decidedBy == null ? decided.state : 'corrected';
    const subject = { kind: 'enrolment', id: `${trainingId}/${learnerId}` } as const;
    told.push({ subject, learnerId, action, changes, by });
  }
  if (faults.size > 0) return { outcome: 'refused', faults };
  yield* known(place, learnerIds, by.at);
  yield* writeEnrolments(place, written);
  yield* trace(told);
  yield* reviseLearners(
    place,
    written.map(({ learnerId }) => learnerId as LearnerId),
  );
  return { outcome: 'decided', changed: written.length, unchanged: attendees.length - written.length };
}

/** Nobody takes part for longer than the event lasted, by whole days. */
const longestHours = ({ startsAt, endsAt }: TrainingRow): number =>
  (Math.floor((endsAt - startsAt) / 86_400_000) + 2) * 86_400_000;

function* rosterAmong(
  { orm, tables: { learners } }: Place,
  organisationId: string,
  learnerIds: readonly LearnerId[],
): Work<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of chunks(learnerIds, 500)) {
    const ofSome = and(eq(learners.organisationId, organisationId), inArray(learners.learnerId, [...some]));
    const known = yield* rows(orm.select({ learnerId: learners.learnerId }).from(learners).where(ofSome));
    for (const { learnerId } of known) found.add(learnerId);
  }
  return found;
}

const decisionOf = ({ state, onlineMs, offlineMs, comment }: EnrolmentRow) => ({
  state,
  onlineMs,
  offlineMs,
  comment,
});

interface Bounds {
  /** Of another institute than the one that decides. */
  readonly isStranger: boolean;
  readonly training: TrainingRow;
  readonly longestMs: number;
}

function faultOf(
  { learnerId, onlineMs, offlineMs }: Attendee,
  row: EnrolmentRow | undefined,
  { by, registering, correct }: EnrolmentDecision,
  { isStranger, training, longestMs }: Bounds,
): AttendeeFault | null {
  if (learnerId === by.actor) return 'own';
  const isEnrolled = row !== undefined && row.state !== 'cancelled';
  if (!isEnrolled && !registering) return 'not-enrolled';
  if (!isEnrolled && isStranger) return 'stranger';
  if ((onlineMs ?? training.onlineMs) + (offlineMs ?? training.offlineMs) > longestMs) return 'too-long';
  if (row?.decidedBy != null && row.decidedBy !== by.actor && !correct) return 'decided';
  return null;
}

function* enrolmentRows(
  { orm, tables: { enrolments } }: Place,
  trainingId: string,
  learnerIds: readonly LearnerId[],
): Work<ReadonlyMap<string, EnrolmentRow>> {
  const found = new Map<string, EnrolmentRow>();
  for (const some of chunks(learnerIds, 500)) {
    const ofSome = and(eq(enrolments.trainingId, trainingId), inArray(enrolments.learnerId, [...some]));
    for (const row of yield* rows(orm.select().from(enrolments).where(ofSome))) found.set(row.learnerId, row);
  }
  return found;
}

function* enrolmentsWhere(
  { orm, tables: { enrolments, trainings } }: Place,
  condition: SQL | undefined,
  order: SQL[],
  limit = Number.MAX_SAFE_INTEGER,
): Work<StoredEnrolment[]> {
  const found = yield* rows(
    orm
      .select({ training: trainings, enrolment: enrolments })
      .from(enrolments)
      .innerJoin(trainings, eq(trainings.trainingId, enrolments.trainingId))
      .where(condition)
      .orderBy(...order)
      .limit(limit),
  );
  return found.map(({ training, enrolment }) => enrolmentOf(training, enrolment));
}

function* confirmed({ orm, tables: { enrolments } }: Place, trainingId: string): Work<Attendee[]> {
  const found = yield* rows(
    orm
      .select()
      .from(enrolments)
      .where(and(eq(enrolments.trainingId, trainingId), eq(enrolments.state, 'confirmed')))
      .orderBy(asc(enrolments.learnerId)),
  );
  const hours = (ms: number | null) => (ms === null ? null : milliseconds(ms));
  return found.map(({ learnerId, onlineMs, offlineMs }) => ({
    learnerId: learnerId as LearnerId,
    onlineMs: hours(onlineMs),
    offlineMs: hours(offlineMs),
  }));
}

function trainingOf({ hiddenAt: _, ...row }: TrainingRow): StoredTraining {
  return {
    ...row,
    onlineMs: milliseconds(row.onlineMs),
    offlineMs: milliseconds(row.offlineMs),
    startsAt: instant(row.startsAt),
    endsAt: instant(row.endsAt),
    endDay: dayNumber(row.endDay),
    enrolFrom: row.enrolFrom === null ? null : instant(row.enrolFrom),
    enrolUntil: row.enrolUntil === null ? null : instant(row.enrolUntil),
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}

function enrolmentOf(training: TrainingRow, row: EnrolmentRow): StoredEnrolment {
  return {
    training: trainingOf(training),
    learnerId: row.learnerId as LearnerId,
    state: row.state,
    onlineMs: milliseconds(row.onlineMs ?? training.onlineMs),
    offlineMs: milliseconds(row.offlineMs ?? training.offlineMs),
    comment: row.comment,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt === null ? null : instant(row.decidedAt),
    rating: row.rating,
    enrolledAt: instant(row.enrolledAt),
  };
}
