import type { Form } from './form.ts';
import { textOf } from './text-file.ts';

/**
 * A table as somebody sent it, from its field `file`, else as it was pasted into another field: with commas, where
 * spreadsheets part by tabs. Null: nothing was sent; `no-text`: the file is a workbook, a picture or the like.
 */
export async function sentTable(form: Form, pasted: string): Promise<string | null | 'no-text'> {
  const [file] = form.files('file');
  const text = file === undefined ? form.text(pasted) : await textOf(file);
  if (text === undefined) return null;
  return text.includes('\0') ? 'no-text' : commas(text);
}

function commas(table: string): string {
  const [head = ''] = table.split('\n', 1);
  if (!head.includes('\t') || head.includes(',')) return table;
  const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return table
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(cell).join(','))
    .join('\n');
}
