import { DeclareActivity, type PatchActivity, Problem, readMessage } from '@watchledger/contract';
import type { Moved, StoredActivity } from '@watchledger/ledger';
import type { LearnerId } from '@watchledger/rules';
import { expectedVersion, type IfMatch } from '../access/entity-tag.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { ActivitiesContext } from './context.ts';
import { activityChanged, activityNotFound, memberAtFault, unknownFile } from './refusals.ts';
import { declaredAgain, storedFields, type TaggedActivity, taggedActivity } from './shape.ts';

/** A learner's command on their own activity. */
export interface OwnActivityInput {
  readonly learnerId: string;
  readonly id: string;
  readonly ifMatch?: IfMatch | undefined;
}

/**
 * A learner corrects what they declared, until it was reviewed (R10).
 * @throws Problem `activity-not-found`, `already-reviewed`, `invalid-request`, `precondition-failed`, `year-closed`,
 * `unavailable`
 */
export async function patchActivity(
  context: ActivitiesContext,
  { patch, ...input }: OwnActivityInput & { readonly patch: PatchActivity },
): Promise<TaggedActivity> {
  await context.policyInForce.demand();
  return whileStoresAnswer(async () => {
    const before = await own(context, input);
    const declared = declaredAgain(taggedActivity(before));
    // What kind of external training it was, says nothing of anything else.
    const kind = (patch.category ?? declared.category) === 'offline' ? declared.kind : null;
    const merged = readMessage(DeclareActivity, { ...declared, kind, ...patch });
    if (!merged.ok)
      throw new Problem('invalid-request', 'The activity would not be valid.', { errors: merged.faults });
    const fields = storedFields(merged.value);
    if (before.state !== 'draft') requirePast(context, fields.toDay);
    // What was read is what is changed: somebody else's change in between is not overwritten.
    const expected = expectedVersion(input.ifMatch) ?? new Set([before.version]);
    return moved(input, await context.activities.amend(input.id, fields, move(context, input, expected)));
  });
}

/** Hands a draft to the reviewers. Throws as {@link patchActivity}. */
export async function submitActivity(
  context: ActivitiesContext,
  input: OwnActivityInput,
): Promise<TaggedActivity> {
  await context.policyInForce.demand();
  return whileStoresAnswer(async () => {
    requirePast(context, (await own(context, input)).toDay);
    return moved(input, await context.activities.submit(input.id, move(context, input)));
  });
}

/** Takes an activity back, until it was reviewed. Throws as {@link patchActivity}. */
export async function withdrawActivity(context: ActivitiesContext, input: OwnActivityInput): Promise<void> {
  await context.policyInForce.demand();
  await whileStoresAnswer(async () => {
    const before = await own(context, input);
    if (before.state === 'withdrawn') return;
    moved(input, await context.activities.withdraw(input.id, move(context, input)));
  });
}

async function own(
  { activities }: ActivitiesContext,
  { id, learnerId }: OwnActivityInput,
): Promise<StoredActivity> {
  const found = await activities.activity(id);
  if (found === null || found.activity.learnerId !== learnerId) throw activityNotFound(id);
  return found.activity;
}

const move = (
  { now }: ActivitiesContext,
  { learnerId, ifMatch }: OwnActivityInput,
  expected = expectedVersion(ifMatch),
) => ({ learnerId: learnerId as LearnerId, expected, at: now() });

function requirePast({ calendar, now }: ActivitiesContext, toDay: StoredActivity['toDay']): void {
  if (toDay > calendar.dayOf(now()))
    throw memberAtFault('/to', 'is in the future: submit it when it is over');
}

function moved({ id }: OwnActivityInput, done: Moved): TaggedActivity {
  switch (done.outcome) {
    case 'moved':
      return taggedActivity(done.activity);
    case 'unknown':
      throw activityNotFound(id);
    case 'conflict':
      throw activityChanged(id);
    case 'reviewed':
      throw new Problem('already-reviewed', 'A reviewer has decided about it, or it was withdrawn.');
    case 'year-closed':
      throw new Problem('year-closed', 'Its year is closed: nothing in it may be changed any more.');
    case 'unknown-file':
      throw unknownFile(done.fileId);
  }
}
