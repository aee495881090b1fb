import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordFigures } from '@watchledger/contract';
import type { LearnerId } from '@watchledger/rules';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { RecordContext } from './context.ts';
import { recordsOf } from './learner-record.ts';

export interface StreamRecordsInput {
  readonly from: string;
  readonly to: string;
  /** Only the roster of this institute; null: everybody. */
  readonly organisationId: string | null;
}

/** Read and folded at once, heartbeats going on in between. */
const CHUNK = 5;

/** The figures of everybody's record, in the order of ids; memory stays flat. Throws Problem `unavailable`. */
export async function* streamRecords(
  context: RecordContext,
  { from, to, organisationId }: StreamRecordsInput,
): AsyncGenerator<RecordFigures, void, void> {
  await context.policyInForce.demand();
  for (let after: LearnerId | null = null; ; ) {
    const asked: readonly LearnerId[] = await whileStoresAnswer(() =>
      context.credits.learnerIds(after, CHUNK, { organisationId }),
    );
    const last = asked.at(-1);
    if (last === undefined) return;
    const records = await whileStoresAnswer(async () =>
      recordsOf(context, await context.credits.factsOf(asked), { from, to }),
    );
    for (const { trainings: _, activities: __, courseware: ___, exams: ____, ...figures } of records)
      yield figures;
    after = last;
    await nextTurn();
  }
}
