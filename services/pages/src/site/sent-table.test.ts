import { expect, test } from 'vitest';
import { Form } from './form.ts';
import { sentTable } from './sent-table.ts';

const sent = (fields: Readonly<Record<string, string | File>>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return sentTable(new Form(form), 'csv');
};
const file = (...bytes: number[]) => new File([new Uint8Array(bytes)], 'a.csv');
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

test('a table is read from a file or from what was pasted, with tabs or commas, in UTF-8 or GB 18030', async () => {
  expect(await sent({ csv: 'id\ttitle\nc1\t甲,乙' })).toBe('id,title\nc1,"甲,乙"');
  expect(await sent({ csv: 'id,title\nc1,a\tb' })).toBe('id,title\nc1,a\tb');
  expect(await sent({ csv: 'pasted', file: file(...bytesOf('id\ttitle\r\nc1\t学')) })).toBe(
    'id,title\nc1,学',
  );
  expect(await sent({ file: file(0xc5, 0xe0, 0xd1, 0xb5) })).toBe('培训');
});

test('nothing, and a workbook, are no tables', async () => {
  expect(await sent({ csv: ' ', file: file() })).toBeNull();
  expect(await sent({ file: file(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00) })).toBe('no-text');
});
