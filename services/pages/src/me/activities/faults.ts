import { hoursTyped } from '../../format/hours-typed.ts';
import type { Page } from '../../layout/page.ts';
import { type Refusal, refusedBecause } from '../../site/faults.ts';
import { faultIn } from '../../texts/faults.ts';
import type { Declaration, TextField } from './declaration.ts';

/** What is wrong with a declaration, by the field that it is said beside; `files` and the form as a whole too. */
export type FormFaults = Partial<Record<TextField | 'files' | 'whole', string>>;

export function formFaults(
  page: Page,
  declaration: Declaration,
  refusal: Refusal | undefined,
  uploads: readonly string[],
): FormFaults {
  const { faults: words } = page.texts.me.activities;
  const faults: FormFaults = {};
  for (const { path, message } of refusal?.faults ?? []) {
    const field = fieldOf(path);
    faults[field] ??= field === 'links' ? linksFault(page, path) : faultIn(page.language, message);
  }
  const { hours, from, to } = declaration.texts;
  // The API compares days only once all else can be read; people shall see it at once.
  if (from !== '' && to !== '' && to < from) faults.to ??= faultIn(page.language, 'must not be before from');
  if (hours === '' && faults.hours !== undefined) faults.hours = faultIn(page.language, 'is required');
  if (hours !== '' && hoursTyped(hours) === null) faults.hours = words.hours;
  if (uploads.length > 0) faults.files = uploads.join(' ');
  if (refusal !== undefined && refusal.faults.length === 0) faults.whole = wholeFault(page, refusal);
  return faults;
}

const fieldOf = (path: string): TextField | 'whole' => {
  const [, member = ''] = path.split('/');
  return fields[member] ?? 'whole';
};

const fields: Readonly<Record<string, TextField>> = {
  kind: 'kind',
  title: 'title',
  provider: 'provider',
  place: 'place',
  country: 'country',
  from: 'from',
  to: 'to',
  seconds: 'hours',
  note: 'note',
  evidence: 'links',
};

const linksFault = ({ texts }: Page, path: string): string =>
  path === '/evidence' ? texts.me.activities.faults.tooMany : texts.me.activities.faults.links;

function wholeFault(page: Page, refusal: Refusal): string {
  const { faults: words } = page.texts.me.activities;
  if (refusal.code === 'precondition-failed') return words.changed;
  if (refusal.code === 'already-reviewed') return words.reviewed;
  if (refusal.code === 'idempotency-conflict') return words.sentBefore;
  return refusedBecause(refusal, page.language);
}
