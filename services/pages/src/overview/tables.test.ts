import type { Statistics } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { createFormat } from '../format/format.ts';
import type { Page } from '../layout/page.ts';
import { languages } from '../texts/language.ts';
import { tableOf } from './tables.ts';

const page = {
  texts: languages.en,
  format: createFormat('en', 'Asia/Shanghai', languages.en.units),
} as Page;

test('spreadsheets are given hundredths that are floored, and exact ones as they are', () => {
  const institute = { organisationId: null, name: null, learners: 1_000 };
  const organisations = [
    { ...institute, averageCreditedSeconds: 4_140, reached: 290 },
    { ...institute, averageCreditedSeconds: 4_139, reached: 996 },
  ];
  const { rows } = tableOf('institutes', { organisations } as unknown as Statistics, page);
  expect(rows.map((row) => row.slice(1, 4).map(({ bare }) => bare))).toEqual([
    [1.15, 290, 0.29],
    [1.14, 996, 0.99],
  ]);
  expect(rows.map((row) => row[3]?.shown)).toEqual(['29%', '99%']);
});
