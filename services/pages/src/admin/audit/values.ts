import type { AuditEntry } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { wordOf } from '../../texts/word-of.ts';

type Value = AuditEntry['changes'][number]['from'];

/** The name of what was changed, in the words of people; one that has none keeps its own. */
export const fieldName = ({ texts }: Page, field: string): string =>
  wordOf(texts.admin.audit.fields, field) ?? field;

/** A value of the audit trail as people read it: durations, days, words for states. */
export function valueWords(page: Page, field: string, value: Value): string {
  const { texts, format } = page;
  const { admin } = texts;
  if (value === null) return '—';
  if (typeof value === 'boolean') return value ? admin.yes : admin.no;
  if (typeof value === 'number') return numberWords(page, field, value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return format.day(value);
  if (field === 'checksum') return `${value.slice(0, checksumShown)}…`;
  return wordOf(admin.audit.values, value) ?? value;
}

/** Enough to tell two apart. */
const checksumShown = 12;
const dayMs = 86_400_000;

function numberWords({ format }: Page, field: string, value: number): string {
  if (field.endsWith('Ms')) return format.exactDuration(Math.floor(value / 1_000));
  if (field.endsWith('Seconds')) return format.exactDuration(value);
  if (field.endsWith('At') || field.endsWith('Until')) return format.moment(new Date(value).toISOString());
  if (field.endsWith('Day') || field === 'takenOn')
    return format.day(new Date(value * dayMs).toISOString().slice(0, 10));
  return format.number(field === 'score' ? value / 100 : value);
}
