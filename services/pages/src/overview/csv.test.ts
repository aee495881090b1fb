import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('a table is led by the mark of UTF-8, quoted where it must be, and never a formula', () => {
  const cell = (bare: string | number) => ({ shown: String(bare), bare });
  const csv = csvOf({
    name: 'courseware',
    heads: [
      { shown: '课件', bare: '课件' },
      { shown: '观看时间', bare: '观看时间（小时）' },
    ],
    rows: [
      [cell('=1+1'), cell(1.5)],
      [cell('甲,乙"丙'), cell(0)],
    ],
  });
  expect(csv).toBe(`\uFEFF课件,观看时间（小时）\r\n'=1+1,1.5\r\n"甲,乙""丙",0\r\n`);
});
