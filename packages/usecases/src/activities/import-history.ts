import type { HistoryRow, Imported } from '@watchledger/contract';
import { type HistoryRefused, importKeyOf } from '@watchledger/ledger';
import type { LearnerId } from '@watchledger/rules';
import { v7 as uuidv7 } from 'uuid';
import type { Officer } from '../access/reviewer.ts';
import { type LineFault, type Placed, refusedLines } from '../imports/refused-lines.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ActivitiesContext } from './context.ts';
import { storedFields } from './shape.ts';

export interface ImportHistoryInput extends Officer {
  readonly rows: readonly Placed<HistoryRow>[];
  readonly dryRun: boolean;
}

/**
 * Brings hours that were recorded elsewhere, as approved activities: all of a file, or none. The same reference of the
 * same learner again is a correction.
 * @throws Problem `invalid-request` naming every line at fault, `unavailable`
 */
export async function importHistory(
  { activities, people, calendar, policyInForce, now }: ActivitiesContext,
  { actor, organisationId, rows, dryRun }: ImportHistoryInput,
): Promise<Imported> {
  await policyInForce.demand();
  const at = now();
  const today = calendar.dayOf(at);
  const imported = rows.map(({ row }) => ({
    activityId: uuidv7(),
    learnerId: row.learnerId as LearnerId,
    reference: `import:${row.reference}`,
    fields: storedFields(row),
  }));
  return whileStoresAnswer(async () => {
    const known =
      organisationId === null ? null : await people.learnersNamed(imported.map(({ learnerId }) => learnerId));
    const faults = rows.flatMap(({ line, row }, index): LineFault[] => {
      const { learnerId, fields } = imported[index] ?? { learnerId: null, fields: null };
      if (learnerId === actor)
        return [{ line, field: 'learnerId', message: 'is you: nobody grants their own hours' }];
      if (known !== null && known.get(row.learnerId as LearnerId)?.organisationId !== organisationId)
        return [{ line, field: 'learnerId', message: `is not on the roster of "${organisationId}"` }];
      if (fields !== null && fields.toDay > today)
        return [{ line, field: 'to', message: 'is in the future' }];
      return [];
    });
    if (faults.length > 0) throw refusedLines(faults);
    const count = await activities.import(imported, { actor, at, reason: 'import' }, dryRun);
    if ('closed' in count) throw refusedLines(rows.flatMap((placed) => refusedWhy(placed, count)));
    return { dryRun, created: count.created, updated: count.changed, unchanged: count.unchanged };
  });
}

function refusedWhy({ line, row }: Placed<HistoryRow>, { closed, decided }: HistoryRefused): LineFault[] {
  const key = importKeyOf(row.learnerId, `import:${row.reference}`);
  if (closed.has(key)) return [{ line, field: 'to', message: 'lies in a closed year' }];
  const message = 'was decided otherwise by another reviewer since: correct it by a review';
  return decided.has(key) ? [{ line, field: 'reference', message }] : [];
}
