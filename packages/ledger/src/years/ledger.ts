import {
  type CreditPolicy,
  dayNumber,
  firstDayOfYear,
  type Instant,
  instant,
  type LearnerId,
} from '@watchledger/rules';
import { and, asc, count, desc, eq, gt, gte, isNotNull, isNull, lt, lte, max } from 'drizzle-orm';
import type { Authorship } from '../audit/port.ts';
import type { Desk } from '../database/desk.ts';
import { upsert } from '../database/upsert.ts';
import { first, type Place, rows, run, trace, type Work } from '../database/work.ts';
import { revise } from '../revisions/work.ts';
import type * as tables from '../schema/sqlite.ts';
import { CLOSING_LAPSED_MS, type Closing, isGivenUp, type StoredYear, type YearsLedger } from './port.ts';
import { closedYear } from './stored.ts';

type Row = typeof tables.closedYears.$inferSelect;

/** The accounting years. */
export function createYears(desk: Desk): YearsLedger {
  return {
    years: () =>
      desk.read(function* ({ orm, tables: { closedYears } }) {
        const found = yield* rows(orm.select().from(closedYears).orderBy(desc(closedYears.year)));
        return found.map(yearOfRow);
      }),

    progress: (year) =>
      desk.read(function* ({ orm, tables: { frozenCredits, learners } }) {
        const all = yield* first(orm.select({ count: count() }).from(learners));
        const last = yield* first(
          orm
            .select({ learnerId: max(frozenCredits.learnerId) })
            .from(frozenCredits)
            .where(eq(frozenCredits.year, year)),
        );
        const of = all?.count ?? 0;
        if (last === undefined || last.learnerId === null) return { done: 0, of };
        const passed = yield* first(
          orm.select({ count: count() }).from(learners).where(lte(learners.learnerId, last.learnerId)),
        );
        return { done: passed?.count ?? 0, of };
      }),

    begin: ({ year, attempt }, { policy, leavePending }, by) =>
      desk.command(function* (place) {
        const { closedYears } = place.tables;
        const before = yield* lastYear(place);
        if (before !== undefined && before.closedAt === null) {
          const { steppedAt, closedBy } = before;
          if (!isGivenUp(before, by.at))
            return { outcome: 'closing', year: before.year, by: closedBy, steppedAt: instant(steppedAt) };
          yield* giveUp(place, before.year, by);
        }
        const last = yield* lastYear(place);
        if (last !== undefined && last.year > year) return { outcome: 'later-closed' };
        if (last?.year === year) return { outcome: 'closed' };
        if (!leavePending) {
          const left = yield* pending(place, year);
          if (left.activities + left.enrolments > 0) return { outcome: 'pending', ...left };
        }
        yield* forget(place, year);
        const row = {
          year,
          closedAt: null,
          closedBy: by.actor,
          attempt,
          steppedAt: by.at,
          policy,
          learners: 0,
          checksum: null,
        };
        yield* upsert(place, closedYears, closedYears.year, [row]);
        const changes = [{ field: 'state', from: 'open', to: 'closing' }];
        yield* trace([{ subject: { kind: 'year', id: String(year) }, action: 'closing', changes, by }]);
        return { outcome: 'begun' };
      }),

    freeze: (closing, learners, at) =>
      desk.command(function* (place) {
        if (!(yield* isUnderWay(place, closing, at))) return 'overtaken';
        yield* step(place, closing, at);
        const { frozenCredits } = place.tables;
        const { year } = closing;
        const written = learners.map(({ learnerId, stored }) => ({ year, learnerId, credits: stored }));
        yield* upsert(place, frozenCredits, [frozenCredits.year, frozenCredits.learnerId], written);
        return 'frozen';
      }),

    restart: (closing, at) =>
      desk.command(function* (place) {
        if (!(yield* isUnderWay(place, closing, at))) return 'overtaken';
        yield* step(place, closing, at);
        yield* forget(place, closing.year);
        return 'restarted';
      }),

    finish: (closing, { learners, checksum, sharedRevision }, by) =>
      desk.command(function* (place) {
        const { orm, tables } = place;
        const { year } = closing;
        if (!(yield* isUnderWay(place, closing, by.at))) return 'overtaken';
        if ((yield* presentRevision(place)) !== sharedRevision) return 'changed-meanwhile';
        const closed = { closedAt: by.at, closedBy: by.actor, learners, checksum };
        yield* run(orm.update(tables.closedYears).set(closed).where(eq(tables.closedYears.year, year)));
        const changes = [
          { field: 'state', from: 'closing', to: 'closed' },
          { field: 'learners', from: null, to: learners },
          { field: 'checksum', from: null, to: checksum },
        ];
        yield* trace([{ subject: { kind: 'year', id: String(year) }, action: 'closed', changes, by }]);
        yield* revise(place);
        return 'closed';
      }),

    abandon: (closing, by) =>
      desk.command(function* (place) {
        if ((yield* begunBy(place, closing)) !== undefined) yield* giveUp(place, closing.year, by);
      }),

    reopen: (year, by) =>
      desk.command(function* (place) {
        const { orm, tables } = place;
        const row = yield* first(
          orm.select().from(tables.closedYears).where(eq(tables.closedYears.year, year)),
        );
        if (row === undefined) return 'not-closed';
        const last = yield* lastYear(place);
        if (last !== undefined && last.year !== year) {
          if (!isGivenUp(last, by.at)) return 'later-closed';
          yield* giveUp(place, last.year, by);
        }
        yield* forget(place, year);
        yield* run(orm.delete(tables.closedYears).where(eq(tables.closedYears.year, year)));
        const changes = [
          { field: 'state', from: row.closedAt === null ? 'closing' : 'closed', to: 'open' },
          { field: 'checksum', from: row.checksum, to: null },
        ];
        yield* trace([{ subject: { kind: 'year', id: String(year) }, action: 'reopened', changes, by }]);
        yield* revise(place);
        return 'reopened';
      }),

    frozen: (year, after, limit) =>
      desk.read(function* ({ orm, tables: { closedYears, frozenCredits } }) {
        const row = yield* first(orm.select().from(closedYears).where(eq(closedYears.year, year)));
        if (row === undefined) return [];
        const found = yield* rows(
          orm
            .select()
            .from(frozenCredits)
            .where(
              and(
                eq(frozenCredits.year, year),
                after === null ? undefined : gt(frozenCredits.learnerId, after),
              ),
            )
            .orderBy(asc(frozenCredits.learnerId))
            .limit(limit),
        );
        return found.map(({ learnerId, credits }) => ({
          learnerId: learnerId as LearnerId,
          closedYear: closedYear(year, row.policy, credits),
          stored: credits,
        }));
      }),
  };
}

const lastYear = ({ orm, tables: { closedYears } }: Place): Work<Row | undefined> =>
  first(orm.select().from(closedYears).orderBy(desc(closedYears.year)).limit(1));

/** The row of a closing that nobody has overtaken. */
function* begunBy(place: Place, { year, attempt }: Closing): Work<Row | undefined> {
  const last = yield* lastYear(place);
  const isTheirs = last?.year === year && last.closedAt === null && last.attempt === attempt;
  return isTheirs ? last : undefined;
}

/** Whether a closing may go on: others may have dated something in the year since it became stale. */
function* isUnderWay(place: Place, closing: Closing, at: Instant): Work<boolean> {
  const begun = yield* begunBy(place, closing);
  return begun !== undefined && at < begun.steppedAt + CLOSING_LAPSED_MS;
}

const step = ({ orm, tables: { closedYears } }: Place, { year }: Closing, at: Instant): Work<void> =>
  run(orm.update(closedYears).set({ steppedAt: at }).where(eq(closedYears.year, year)));

/** The year is as open as before somebody began to close it. */
function* giveUp(place: Place, year: number, by: Authorship): Work<void> {
  const { closedYears } = place.tables;
  yield* forget(place, year);
  yield* run(place.orm.delete(closedYears).where(eq(closedYears.year, year)));
  const changes = [{ field: 'state', from: 'closing', to: 'open' }];
  yield* trace([{ subject: { kind: 'year', id: String(year) }, action: 'abandoned', changes, by }]);
}

const forget = ({ orm, tables: { frozenCredits } }: Place, year: number): Work<void> =>
  run(orm.delete(frozenCredits).where(eq(frozenCredits.year, year)));

function* presentRevision({ orm, tables: { revisions } }: Place): Work<number> {
  const shared = yield* first(
    orm.select({ value: revisions.value }).from(revisions).where(eq(revisions.name, 'shared')),
  );
  return shared?.value ?? 0;
}

/** How much lies in this year or before, is not closed, and awaits a decision. */
function* pending(place: Place, year: number) {
  const { activities, enrolments, trainings } = place.tables;
  const end = firstDayOfYear(year + 1);
  const { closedYears } = place.tables;
  // What a year was closed over is decided no more.
  const closed = yield* first(
    place.orm
      .select({ year: closedYears.year })
      .from(closedYears)
      .where(and(isNotNull(closedYears.closedAt), lt(closedYears.year, year)))
      .orderBy(desc(closedYears.year))
      .limit(1),
  );
  const from = closed === undefined ? dayNumber(0) : firstDayOfYear(closed.year + 1);
  const submitted = yield* first(
    place.orm
      .select({ count: count() })
      .from(activities)
      .where(and(eq(activities.state, 'submitted'), gte(activities.toDay, from), lt(activities.toDay, end))),
  );
  const enrolled = yield* first(
    place.orm
      .select({ count: count() })
      .from(enrolments)
      .innerJoin(trainings, eq(trainings.trainingId, enrolments.trainingId))
      .where(
        and(
          eq(enrolments.state, 'enrolled'),
          gte(trainings.endDay, from),
          lt(trainings.endDay, end),
          isNull(trainings.hiddenAt),
        ),
      ),
  );
  return { activities: submitted?.count ?? 0, enrolments: enrolled?.count ?? 0 };
}

const yearOfRow = ({ year, closedAt, closedBy, steppedAt, policy, learners, checksum }: Row): StoredYear => ({
  steppedAt: instant(steppedAt),
  year,
  closedAt: closedAt === null ? null : instant(closedAt),
  closedBy,
  policy: policy as CreditPolicy,
  learners,
  checksum,
});
