import type { LearnerId } from '@watchledger/rules';
import { and, count, eq, gte, inArray, isNull, lt, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { likePattern } from '../courseware/changes.ts';
import { type Place, rows, type Work } from '../database/work.ts';
import type { ShownTraining, TrainingSearch } from './port.ts';
import { type TrainingRow, trainingOf } from './rows.ts';

/** Whether one can enrol at a moment; a list is searched by the same. */
export const isOpenAt = (
  { enrolFrom, enrolUntil, endsAt }: Pick<TrainingRow, 'enrolFrom' | 'enrolUntil' | 'endsAt'>,
  at: number,
): boolean => (enrolFrom === null || enrolFrom <= at) && at <= (enrolUntil ?? endsAt);

export function conditions(
  { tables: { trainings }, holds }: Place,
  search: TrainingSearch,
): (SQL | undefined)[] {
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
export function* shown(
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
        confirmed: sql`sum(case when ${enrolments.state} = 'confirmed' then 1 else 0 end)`.mapWith(Number),
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
    const { enrolled = 0, confirmed = 0, ratings = 0, ratingSum = 0 } = sumOf.get(row.trainingId) ?? {};
    const own = ownOf.get(row.trainingId);
    return {
      training: trainingOf(row),
      enrolled,
      confirmed,
      ratings,
      ratingSum,
      own: own === undefined ? null : { state: own.state, rating: own.rating },
    };
  });
}
