import { and, desc, isNull } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { upsert } from '../database/upsert.ts';
import { type Place, rows, trace, type Work } from '../database/work.ts';
import { isAtVersion } from '../versions/expected.ts';
import { imports, put } from './changes.ts';
import type { TrainingsLedger } from './port.ts';
import { isTheirs, type TrainingRow, trainingOf, trainingRows, visible } from './rows.ts';
import { conditions, shown } from './search.ts';
import { termsIn } from './terms.ts';

/** What organisers hold. */
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

    evenHidden: (trainingId) =>
      desk.read(function* (place) {
        const row = (yield* trainingRows(place, [trainingId])).get(trainingId);
        return row === undefined ? null : trainingOf(row);
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

    terms: () =>
      desk.read(function* (place) {
        const { type, category } = place.tables.trainings;
        return { types: yield* termsIn(place, type), categories: yield* termsIn(place, category) };
      }),

    import: (imported, by, dryRun) => desk.command((place) => imports(place, imported, by, dryRun)),
  };
}

const write = (place: Place, row: TrainingRow): Work<void> =>
  upsert(place, place.tables.trainings, place.tables.trainings.trainingId, [row]);
