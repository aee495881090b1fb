import { expect, test } from 'vitest';
import { createFormat } from '../../format/format.ts';
import type { Page } from '../../layout/page.ts';
import { languages } from '../../texts/language.ts';
import { fieldName, valueWords } from './values.ts';

const pageIn = (language: keyof typeof languages) => {
  const texts = languages[language];
  return { texts, format: createFormat(language, 'Asia/Shanghai', texts.units) } as Page;
};

test.each([
  ['limitMs', 7_200_000, '2小时', '2 h'],
  ['mediaSeconds', 90, '1分30秒', '1 min 30 s'],
  ['open', false, '否', 'no'],
  ['state', 'approved', '已通过', 'approved'],
  ['title', '安全', '安全', '安全'],
  ['toDay', 20_513, '2026年3月1日', '1 March 2026'],
  ['takenOn', '2026-03-01', '2026年3月1日', '1 March 2026'],
  ['checksum', 'a'.repeat(64), `${'a'.repeat(12)}…`, `${'a'.repeat(12)}…`],
  ['score', 8_850, '88.5', '88.5'],
  ['creator', null, '—', '—'],
  ['title', 'constructor', 'constructor', 'constructor'],
])('%s %j of the audit trail is read as %s, %s', (field, value, zh, en) => {
  expect(valueWords(pageIn('zh-CN'), field, value)).toBe(zh);
  expect(valueWords(pageIn('en'), field, value)).toBe(en);
});

test('a field without words keeps its own name', () => {
  expect([fieldName(pageIn('en'), 'limitMs'), fieldName(pageIn('en'), 'newField')]).toEqual([
    'Hours',
    'newField',
  ]);
});
