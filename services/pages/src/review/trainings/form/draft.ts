import { readMessage, type Training, TrainingFields } from '@watchledger/contract';
import { hoursTyped } from '../../../format/hours-typed.ts';
import { momentAt, wallClock } from '../../../format/wall-clock.ts';
import type { Page } from '../../../layout/page.ts';
import type { Form } from '../../../site/form.ts';
import { faultIn } from '../../../texts/faults.ts';

/** The fields of a training in its form, by what they are. */
const texts = [
  'title',
  'kind',
  'type',
  'form',
  'category',
  'method',
  'classification',
  'organiser',
  'contact',
  'goal',
  'content',
  'place',
] as const;
const moments = ['startsAt', 'endsAt', 'enrolFrom', 'enrolUntil'] as const;
const durations = ['onlineSeconds', 'offlineSeconds'] as const;

export type TrainingField =
  | (typeof texts)[number]
  | (typeof moments)[number]
  | (typeof durations)[number]
  | 'capacity'
  | 'coursewareIds'
  | 'reason';

/** What stands in the form, as people typed it. */
export type TrainingDraft = Readonly<Partial<Record<TrainingField, string>>>;
export type TrainingFaults = Readonly<Partial<Record<TrainingField, string>>>;

/** The form of a training that is there. */
export function draftOf({ format, policy }: Page, training: Training): TrainingDraft {
  return {
    ...Object.fromEntries(texts.map((name) => [name, training[name] ?? ''])),
    ...Object.fromEntries(
      moments.map((name) => {
        const moment = training[name];
        return [name, moment === null ? '' : wallClock(moment, policy.timeZone)];
      }),
    ),
    ...Object.fromEntries(
      durations.map((name) => [name, training[name] === 0 ? '0' : format.exactDuration(training[name])]),
    ),
    capacity: training.capacity === null ? '' : String(training.capacity),
    coursewareIds: training.coursewareIds.join(' '),
  };
}

/** What was sent. */
export function sentTraining(form: Form): TrainingDraft {
  const names = [...texts, ...moments, ...durations, 'capacity', 'coursewareIds', 'reason'] as const;
  return Object.fromEntries(names.map((name) => [name, form.text(name) ?? '']));
}

/** The training that a form says, or what of it is at fault, in words. */
export function trainingIn(
  page: Page,
  draft: TrainingDraft,
): { readonly fields: TrainingFields } | { readonly faults: TrainingFaults } {
  const { form, activity } = page.texts.review;
  const given = (name: TrainingField) => draft[name] || undefined;
  const unread: Partial<Record<TrainingField, string>> = {};
  const momentOf = (name: (typeof moments)[number]) => {
    const text = given(name);
    const moment = text === undefined ? undefined : momentAt(text, page.policy.timeZone);
    if (moment === null) unread[name] = form.moment;
    return moment;
  };
  const secondsOf = (name: (typeof durations)[number]) => {
    const text = given(name);
    const seconds = text === undefined ? undefined : hoursTyped(text);
    if (seconds === null) unread[name] = activity.hoursFault;
    return seconds;
  };
  const capacity = given('capacity');
  const reading = readMessage(TrainingFields, {
    ...Object.fromEntries(texts.map((name) => [name, given(name)])),
    ...Object.fromEntries(moments.map((name) => [name, momentOf(name)])),
    ...Object.fromEntries(durations.map((name) => [name, secondsOf(name)])),
    capacity: capacity === undefined ? undefined : Number(capacity.normalize('NFKC')),
    coursewareIds: given('coursewareIds')?.split(/[\s,，、]+/) ?? [],
  });
  if (reading.ok && Object.keys(unread).length === 0) return { fields: reading.value };
  return { faults: { ...faultsIn(page, reading.ok ? [] : reading.faults), ...unread } };
}

/** What the API says of members, by the fields of the form. */
export const faultsIn = (
  page: Page,
  faults: readonly { readonly path: string; readonly message: string }[],
): TrainingFaults =>
  Object.fromEntries(
    faults.map(({ path, message }) => [path.split('/')[1] ?? '', faultIn(page.language, message)]),
  );
