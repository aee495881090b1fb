import type { CoursewareFields } from '@watchledger/contract';
import { hoursTyped } from '../../format/hours-typed.ts';
import type { Form } from '../../site/form.ts';

/** What an admin has typed, as typed, to be shown again. */
export interface Typed {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly hours: string;
  readonly media: string;
  readonly creator: string;
  readonly open: boolean;
  readonly reason: string;
}

export const typedIn = (form: Form): Typed => ({
  id: form.text('id') ?? '',
  title: form.text('title') ?? '',
  kind: form.text('kind') ?? '',
  hours: form.text('hours') ?? '',
  media: form.text('media') ?? '',
  creator: form.text('creator') ?? '',
  open: form.has('open'),
  reason: form.text('reason') ?? '',
});

/** Faults by the name of their field, in the words of the API. */
export type Faults = Readonly<Record<string, string>>;

const noHours = 'must be hours such as 1.5';

/** The courseware that was typed, or what keeps it from being one. */
export function coursewareTyped({ title, kind, hours, media, creator, open }: Typed): {
  readonly fields: CoursewareFields;
  readonly faults: Faults;
} {
  const limitSeconds = hoursTyped(hours);
  const mediaSeconds = media === '' ? null : hoursTyped(media);
  const faults = {
    ...(title === '' && { title: 'is required' }),
    ...(hours === '' && { hours: 'is required' }),
    ...(hours !== '' && limitSeconds === null && { hours: noHours }),
    ...(media !== '' && mediaSeconds === null && { media: noHours }),
  };
  const fields: CoursewareFields = {
    title,
    kind: kind === 'document' ? 'document' : 'video',
    limitSeconds: limitSeconds ?? 0,
    mediaSeconds,
    creator: creator === '' ? null : creator,
    open,
  };
  return { fields, faults };
}

/** The API's members by the names of the form. */
export const fieldOf: Readonly<Record<string, string>> = {
  '/title': 'title',
  '/kind': 'kind',
  '/limitSeconds': 'hours',
  '/mediaSeconds': 'media',
  '/creator': 'creator',
  '/reason': 'reason',
  '/id': 'id',
};
