import { expect, test } from 'vitest';
import { languages } from '../texts/language.ts';
import { createFormat } from './format.ts';

const zh = createFormat('zh-CN', 'Asia/Shanghai', languages['zh-CN'].units);
const en = createFormat('en', 'Asia/Shanghai', languages.en.units);

test.each([
  [195_000, '54小时10分', '54 h 10 min'],
  [3_600, '1小时', '1 h'],
  [3_659, '1小时', '1 h'],
  [59, '0分', '0 min'],
  [0, '0分', '0 min'],
])('%i seconds are %s, %s', (seconds, chinese, english) => {
  expect(zh.duration(seconds)).toBe(chinese);
  expect(en.duration(seconds)).toBe(english);
});

test('what is left adds up with what is done', () => {
  expect([zh.duration(3_602), zh.left(7_200 - 3_602)]).toEqual(['1小时', '1小时']);
});

test('a stretch is told to the second', () => {
  expect(zh.exactDuration(200)).toBe('3分20秒');
  expect(en.exactDuration(3_605)).toBe('1 h 5 s');
  expect([zh.difference(200), en.difference(-60)]).toEqual(['+3分20秒', '−1 min']);
});

test('a moment is told in the time zone of the policy, a day is a day everywhere', () => {
  expect(zh.moment('2026-02-28T17:05:00Z')).toBe('2026年3月1日 01:05');
  expect(en.moment('2026-02-28T17:05:00Z')).toBe('1 March 2026 at 01:05');
  expect(zh.day('2026-03-01')).toBe('2026年3月1日');
  expect(en.day('2026-03-01')).toBe('1 March 2026');
  expect(zh.days('2026-03-01', '2026-03-05')).toBe('2026年3月1日至5日');
  expect(zh.days('2026-03-01', '2026-04-05')).toBe('2026年3月1日至4月5日');
  expect(zh.days('2025-12-31', '2026-01-01')).toBe('2025年12月31日至2026年1月1日');
  expect(zh.days('2026-03-01', '2026-03-01')).toBe('2026年3月1日');
  expect(en.days('2026-03-01', '2026-03-05')).toMatch(/^1\s?–\s?5 March 2026$/);
  expect(en.days('2026-03-01', '2026-03-01')).toBe('1 March 2026');
  expect(zh.month('2026-03')).toBe('2026年3月');
  expect(zh.dayOf('2026-02-28T17:05:00Z')).toBe('2026年3月1日');
  expect(en.shortDay('2026-03-01')).toBe('1 March');
  expect(zh.exactTime('2026-02-28T17:05:09Z')).toBe('01:05:09');
});

test('numbers are grouped, shares are percents', () => {
  expect(zh.number(100_000)).toBe('100,000');
  // Each exact percent stays what it is, though no binary fraction is.
  for (let of100 = 0; of100 <= 100; of100 += 1) expect(en.percent(of100 / 100)).toBe(`${of100}%`);
  expect(en.percent(0.996)).toBe('99%');
});
