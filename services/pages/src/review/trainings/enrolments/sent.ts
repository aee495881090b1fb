import type { Attendee } from '@watchledger/contract';
import { hoursTyped } from '../../../format/hours-typed.ts';
import type { Form } from '../../../site/form.ts';

/** The hours of one attendee as they were typed; empty: those of the training. */
export interface TypedHours {
  readonly online: string;
  readonly offline: string;
}

/** What was sent about attendees. */
export interface SentAttendees {
  readonly chosen: readonly string[];
  readonly typedOf: (learnerId: string) => TypedHours | undefined;
  readonly comment: string | undefined;
  readonly correct: boolean;
}

/** How the fields of an attendee are named. */
export const hoursField = (part: keyof TypedHours, learnerId: string): string => `${part}:${learnerId}`;

export function sentAttendees(form: Form): SentAttendees {
  return {
    chosen: [...new Set(form.all('chosen'))],
    typedOf: (learnerId) => ({
      online: form.text(hoursField('online', learnerId)) ?? '',
      offline: form.text(hoursField('offline', learnerId)) ?? '',
    }),
    comment: form.text('comment'),
    correct: form.has('correct'),
  };
}

/** The chosen with their hours, or whose hours cannot be read. */
export function attendeesIn({ chosen, typedOf }: SentAttendees): {
  readonly items: readonly Attendee[];
  readonly unread: readonly string[];
} {
  const read = chosen.map((learnerId) => {
    const { online = '', offline = '' } = typedOf(learnerId) ?? {};
    return {
      learnerId,
      onlineSeconds: online === '' ? null : hoursTyped(online),
      offlineSeconds: offline === '' ? null : hoursTyped(offline),
      isRead:
        (online === '' || hoursTyped(online) !== null) && (offline === '' || hoursTyped(offline) !== null),
    };
  });
  return {
    items: read.map(({ isRead: _, ...attendee }) => attendee),
    unread: read.filter(({ isRead }) => !isRead).map(({ learnerId }) => learnerId),
  };
}
