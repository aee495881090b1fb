import type { PostgresDatabase } from '../database/postgres.ts';
import type { SqliteDatabase } from '../database/sqlite.ts';
import * as postgres from '../schema/postgres.ts';
import * as sqlite from '../schema/sqlite.ts';
import { type PlantedSession, rowsOf } from './planted-session.ts';

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
  await orm.transaction(async (transaction) => {
    for (const { learner, session, earlier } of planted.map(rowsOf)) {
      await transaction.insert(postgres.learners).values(learner).onConflictDoNothing();
      await transaction.insert(postgres.sessions).values(session);
      if (earlier.length > 0) await transaction.insert(postgres.sessionDays).values(earlier);
    }
  });
}
