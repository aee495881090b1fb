import type { LearnerId } from '@watchledger/rules';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import { chunks } from '../database/upsert.ts';
import { type Place, run, type Work } from '../database/work.ts';

/** Moves the revision that running sessions of all learners look at. */
export function* revise({ orm, tables: { revisions } }: Place): Work<void> {
  yield* run(
    orm
      .insert(revisions)
      .values({ name: 'shared', value: 1 })
      .onConflictDoUpdate({ target: revisions.name, set: { value: sql`${revisions.value} + 1` } }),
  );
}

/** The same for the running sessions of these learners: other facts of theirs have changed. */
export function* reviseLearners(
  { orm, tables: { sessions } }: Place,
  learnerIds: readonly LearnerId[],
): Work<void> {
  for (const some of chunks(learnerIds, 500)) {
    yield* run(
      orm
        .update(sessions)
        .set({ factsRevision: sql`${sessions.factsRevision} + 1` })
        .where(and(inArray(sessions.learnerId, [...some]), isNull(sessions.sealedAt))),
    );
  }
}
