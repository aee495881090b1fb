import { dayNumber, type LearnerId, yearOf } from '@watchledger/rules';
import { differencesOf } from '../audit/differences.ts';
import type { TracedChange } from '../audit/port.ts';
import { upsert } from '../database/upsert.ts';
import { type Place, trace, type Work } from '../database/work.ts';
import { confirmed } from '../enrolments/rows.ts';
import { reviseLearners } from '../revisions/work.ts';
import { isAtVersion } from '../versions/expected.ts';
import { lastClosedYear } from '../years/closed.ts';
import type { TrainingFields, TrainingRefusal, TrainingWrite, TrainingWritten } from './port.ts';
import { isTheirs, type TrainingRow, trainingOf, trainingRows } from './rows.ts';

export function* put(
  place: Place,
  trainingId: string,
  fields: TrainingFields,
  write: TrainingWrite,
): Work<TrainingWritten> {
  const row = (yield* trainingRows(place, [trainingId])).get(trainingId);
  const change = changeOf(row, trainingId, fields, write, yield* lastClosedYear(place, write.at));
  if (typeof change === 'string') return { outcome: change };
  if (change.next === null) return { outcome: 'unchanged', training: trainingOf(change.row) };
  const refusal = yield* hoursRefused(place, [change], write);
  if (refusal !== undefined) return { outcome: refusal };
  yield* store(place, [change]);
  return { outcome: change.outcome, training: trainingOf(change.next) };
}

/** All of them, or none: of one that is refused, nothing is written. */
export function* imports(
  place: Place,
  imported: readonly { readonly trainingId: string; readonly fields: TrainingFields }[],
  by: Omit<TrainingWrite, 'expected'>,
  dryRun: boolean,
) {
  const ids = imported.map(({ trainingId }) => trainingId);
  const known = yield* trainingRows(place, ids);
  const lastClosed = yield* lastClosedYear(place, by.at);
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
