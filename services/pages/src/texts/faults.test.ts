import { expect, test } from 'vitest';
import { faultIn } from './faults.ts';

test.each([
  ['is required', '请填写此项。', 'Is required.'],
  ['must be at most 500 characters', '最多 500 个字。', 'Must be at most 500 characters.'],
  ['must not be before from', '不能早于开始时间。', 'Must not be before the first day.'],
  ['is new to everybody', '填写有误（is new to everybody）。', 'Is new to everybody.'],
])('“%s” is said as %s, %s', (message, zh, en) => {
  expect(faultIn('zh-CN', message)).toBe(zh);
  expect(faultIn('en', message)).toBe(en);
});
