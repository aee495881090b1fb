import type { LearnerId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { PeopleContext } from './context.ts';

export type Named<Row> = Row & { readonly name: string | null; readonly organisationId: string | null };

/** Rows whose names are asked for together. */
const AT_ONCE = 200;

/** The same rows with what the roster says of their learners. Throws Problem `unavailable`. */
export async function* namesOf<Row extends { readonly learnerId: string }>(
  { people }: Pick<PeopleContext, 'people'>,
  { rows }: { readonly rows: AsyncIterable<Row> },
): AsyncGenerator<Named<Row>, void, void> {
  let waiting: Row[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < AT_ONCE) continue;
    yield* await named(people, waiting);
    waiting = [];
  }
  yield* await named(people, waiting);
}

async function named<Row extends { readonly learnerId: string }>(
  people: PeopleContext['people'],
  rows: readonly Row[],
): Promise<Named<Row>[]> {
  const known = await whileStoresAnswer(() =>
    people.learnersNamed(rows.map(({ learnerId }) => learnerId as LearnerId)),
  );
  return rows.map((row) => {
    const { name = null, organisationId = null } = known.get(row.learnerId as LearnerId) ?? {};
    return { ...row, name, organisationId };
  });
}
