import type { PostgresDatabase } from '../database/postgres.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import * as postgres from '../schema/postgres.ts';
import * as sqlite from '../schema/sqlite.ts';
import { type PlantedSession, rowsOf } from './planted-session.ts';

export type { PlantedSession };

/** For tests: puts sessions and their learners into an empty or filled database. */
export function plantSessions({ orm }: SqliteDatabase, planted: readonly PlantedSession[]): void {
  orm.transaction((transaction) => {
    for (const { learner, session, earlier } of planted.map(rowsOf)) {
      transaction.insert(sqlite.learners).values(learner).onConflictDoNothing().run();
      transaction.insert(sqlite.sessions).values(session).run();
      for (const day of earlier) transaction.insert(sqlite.sessionDays).values(day).run();
    }
  });
}

/** The same in PostgreSQL. */
export async function plantSessionsInPostgres(
  { orm }: PostgresDatabase,
  planted: readonly PlantedSession[],
): Promise<void> {
  for (const some of chunks(planted.map(rowsOf), 1_000)) {
    await orm.transaction(async (transaction) => {
      const learners = some.map(({ learner }) => learner);
      await transaction.insert(postgres.learners).values(learners).onConflictDoNothing();
      await transaction.insert(postgres.sessions).values(some.map(({ session }) => session));
      const earlier = some.flatMap((each) => each.earlier);
      if (earlier.length > 0) await transaction.insert(postgres.sessionDays).values(earlier);
    });
  }
}

/** As many as one statement takes. */
function* chunks<Each>(all: readonly Each[], size: number): Generator<readonly Each[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
