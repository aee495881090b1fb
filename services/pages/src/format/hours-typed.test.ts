import { expect, test } from 'vitest';
import { languages } from '../texts/language.ts';
import { createFormat } from './format.ts';
import { hoursTyped } from './hours-typed.ts';

test.each([
  ['2', 7_200],
  ['1.5', 5_400],
  ['1.5小时', 5_400],
  ['１．５ 学时', 5_400],
  ['1小时30分', 5_400],
  ['1个小时30分钟', 5_400],
  ['1小时半', 5_400],
  ['半小时', 1_800],
  ['90分钟', 5_400],
  ['1h30m', 5_400],
  ['1h30', 5_400],
  ['1 h 30 min', 5_400],
  ['2 Hours', 7_200],
  ['1：30', 5_400],
  ['0', 0],
  ['', null],
  ['两小时', null],
  ['-1', null],
  ['1,5', null],
  ['1:75', null],
])('%j is %s seconds', (text, seconds) => {
  expect(hoursTyped(text)).toBe(seconds);
});

test('what the pages write can be typed', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const { exactDuration } = createFormat(language, 'Asia/Shanghai', languages[language].units);
    for (const seconds of [0, 60, 3_600, 5_400, 195_000, 3_661])
      expect(hoursTyped(exactDuration(seconds))).toBe(seconds);
  }
});
