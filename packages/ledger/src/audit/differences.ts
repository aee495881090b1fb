import type { AuditedChange, AuditedValue } from './port.ts';

type Fields = Readonly<Record<string, AuditedValue>>;

/** The fields in which something becomes another, in the order of the fields; what was not there had null. */
export const differencesOf = (before: Fields | undefined, after: Fields): AuditedChange[] =>
  Object.entries(after)
    .map(([field, to]) => ({ field, from: before?.[field] ?? null, to }))
    .filter(({ from, to }) => from !== to);
