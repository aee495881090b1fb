import type { Activity, Category, DeclareActivity } from '@watchledger/contract';
import { hoursTyped } from '../../format/hours-typed.ts';
import type { Form } from '../../site/form.ts';
import type { FileNames } from './file-names.ts';

/** A file that was uploaded before, with the name that it is shown by. */
export interface KeptFile {
  readonly fileId: string;
  readonly name: string;
}

/** A declaration as it stands in its form: what people typed, readable or not. */
export interface Declaration {
  readonly category: Category;
  readonly texts: Readonly<Record<TextField, string>>;
  readonly files: readonly KeptFile[];
}

export const textFields = [
  'kind',
  'title',
  'provider',
  'place',
  'country',
  'from',
  'to',
  'hours',
  'note',
  'links',
] as const;
export type TextField = (typeof textFields)[number];

export const isCategory = (text: string | null | undefined): text is Category =>
  text === 'online' || text === 'self-study' || text === 'offline';

/** @param category what the form is for */
export function declarationIn(form: Form, category: Category): Declaration {
  const texts = Object.fromEntries(textFields.map((name) => [name, form.text(name) ?? '']));
  return { category, texts: texts as Record<TextField, string>, files: form.all('kept').flatMap(keptFile) };
}

/** A form to begin with. */
export function emptyDeclaration(category: Category): Declaration {
  const texts = Object.fromEntries(textFields.map((name) => [name, '']));
  return { category, texts: texts as Record<TextField, string>, files: [] };
}

/**
 * What was declared before, to be changed or declared anew.
 * @param hours says seconds so that they can be read again
 * @param fileName names an uploaded file
 */
export function declarationOf(
  activity: Activity,
  hours: (seconds: number) => string,
  fileName: FileNames,
): Declaration {
  const files = activity.evidence.flatMap((each) => ('fileId' in each ? each.fileId : []));
  return {
    category: activity.category,
    texts: {
      kind: activity.kind ?? '',
      title: activity.title,
      provider: activity.provider ?? '',
      place: activity.place ?? '',
      country: activity.country ?? '',
      from: activity.from,
      to: activity.to,
      hours: hours(activity.seconds),
      note: activity.note ?? '',
      links: activity.evidence.flatMap((each) => ('url' in each ? each.url : [])).join('\n'),
    },
    files: files.map((fileId) => ({ fileId, name: fileName(fileId) })),
  };
}

/** What the API is asked to declare; what is wrong with it, the API says. */
export function declared({ category, texts, files }: Declaration): Partial<DeclareActivity> {
  const { kind, title, provider, place, country, from, to, hours, note, links } = texts;
  const abroad = category === 'offline' && kind !== 'training';
  const urls = links.split(/\s+/).filter((url) => url !== '');
  return {
    category,
    kind: category === 'offline' && kind !== '' ? (kind as DeclareActivity['kind']) : null,
    ...(title !== '' && { title }),
    ...(from !== '' && { from }),
    // Most study is of one day.
    ...((to || from) !== '' && { to: to || from }),
    ...(hoursTyped(hours) !== null && { seconds: hoursTyped(hours) ?? 0 }),
    provider: provider || null,
    place: place || null,
    country: (abroad && country) || null,
    note: note || null,
    evidence: [...urls.map((url) => ({ url })), ...files.map(({ fileId }) => ({ fileId }))],
  };
}

/** How a kept file travels in its form. */
export const keptValue = ({ fileId, name }: KeptFile): string => `${fileId} ${name}`;

const keptFile = (value: string): KeptFile[] => {
  const [, fileId, name] = /^(\S+) (.+)$/.exec(value) ?? [];
  return fileId === undefined || name === undefined ? [] : [{ fileId, name }];
};
