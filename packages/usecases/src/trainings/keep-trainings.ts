import { type Imported, Problem, type TrainingFields } from '@watchledger/contract';
import type { TrainingRefusal } from '@watchledger/ledger';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import type { Officer } from '../access/reviewer.ts';
import { type Placed, refusedLines } from '../imports/refused-lines.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { TrainingsContext } from './context.ts';
import { notOver, notTheirs, ownHours, trainingNotFound, trainingYearClosed } from './refusals.ts';
import { alone, storedFields, type TaggedTraining, taggedTraining } from './shape.ts';

interface KeepTraining extends Officer {
  readonly id: string;
  readonly ifMatch?: IfMatch | undefined;
  readonly reason?: string | undefined;
}

export interface PutTraining extends KeepTraining {
  readonly fields: TrainingFields;
}

/**
 * Registers a training, or changes it; new hours hold for every confirmed participant at once (R8, R11).
 * @throws Problem `forbidden`, `precondition-failed`, `training-not-over`, `year-closed`, `unavailable`
 */
export async function putTraining(
  context: Pick<TrainingsContext, 'trainings' | 'calendar' | 'policyInForce' | 'now'>,
  { actor, organisationId, id, ifMatch, reason, fields }: PutTraining,
): Promise<TaggedTraining & { readonly created: boolean }> {
  const { trainings, policyInForce, now } = context;
  await policyInForce.demand();
  return whileStoresAnswer(async () => {
    const at = now();
    const write = { actor, at, reason: reason ?? null, expected: expectedVersion(ifMatch), organisationId };
    const written = await trainings.put(id, storedFields(fields, context), write);
    switch (written.outcome) {
      case 'conflict':
        throw ifMatch === 'absent' ? thereAlready(id) : changedMeanwhile(id);
      case 'not-theirs':
        throw notTheirs(id);
      case 'year-closed':
        throw trainingYearClosed();
      case 'own':
        throw ownHours();
      case 'not-over':
        throw notOver();
      default: {
        const shown = (await trainings.shown(id, null)) ?? alone(written.training);
        return { ...taggedTraining(shown, at), created: written.outcome === 'created' };
      }
    }
  });
}

/**
 * Takes a training away; what was confirmed keeps counting.
 * @throws Problem `training-not-found`, `forbidden`, `precondition-failed`, `unavailable`
 */
export async function deleteTraining(
  { trainings, now }: TrainingsContext,
  { actor, organisationId, id, ifMatch, reason }: KeepTraining,
): Promise<void> {
  const write = {
    actor,
    at: now(),
    reason: reason ?? null,
    expected: expectedVersion(ifMatch),
    organisationId,
  };
  const outcome = await whileStoresAnswer(() => trainings.hide(id, write));
  if (outcome === 'unknown') throw trainingNotFound(id);
  if (outcome === 'not-theirs') throw notTheirs(id);
  if (outcome === 'conflict') throw changedMeanwhile(id);
}

/** One line of an imported file. */
export interface TrainingRow {
  readonly trainingId: string;
  readonly fields: TrainingFields;
}

/**
 * Registers all trainings of a file, or none.
 * @throws Problem `invalid-request` naming every line at fault, `unavailable`
 */
export async function importTrainings(
  context: TrainingsContext,
  {
    actor,
    organisationId,
    rows,
    dryRun,
  }: Officer & { readonly rows: readonly Placed<TrainingRow>[]; readonly dryRun: boolean },
): Promise<Imported> {
  const { trainings, policyInForce, now } = context;
  await policyInForce.demand();
  const imported = rows.map(({ row: { trainingId, fields } }) => ({
    trainingId,
    fields: storedFields(fields, context),
  }));
  const by = { actor, at: now(), reason: 'import', organisationId };
  const count = await whileStoresAnswer(() => trainings.import(imported, by, dryRun));
  if ('refused' in count) {
    throw refusedLines(
      rows.flatMap(({ line, row }) => {
        const why = count.refused.get(row.trainingId);
        if (why === undefined) return [];
        return [{ line, ...refusedWhy[why] }];
      }),
    );
  }
  return { dryRun, created: count.created, updated: count.changed, unchanged: count.unchanged };
}

const refusedWhy: Readonly<Record<TrainingRefusal, { readonly field: string; readonly message: string }>> = {
  'year-closed': { field: 'endsAt', message: 'lies in a closed year' },
  'not-theirs': { field: 'trainingId', message: 'is held by another institute' },
  own: {
    field: 'trainingId',
    message: 'is one that you are confirmed in: somebody else must change its hours',
  },
  'not-over': { field: 'endsAt', message: 'is in the future, and attendance is confirmed already' },
};

const thereAlready = (id: string): Problem =>
  new Problem('precondition-failed', `There is a training "${id}" already.`);

const changedMeanwhile = (id: string): Problem =>
  new Problem('precondition-failed', `The training "${id}" is not at the version that If-Match names.`);
