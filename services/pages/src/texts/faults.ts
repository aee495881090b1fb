import type { Language } from './language.ts';

/** What the API says of a field that is at fault, in the words of people. */
export function faultIn(language: Language, message: string): string {
  if (language === 'en') return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  for (const [pattern, words] of chinese) {
    const found = pattern.exec(message);
    if (found !== null) return words.replace('{}', found[1] ?? '');
  }
  return `填写有误（${message}）。`;
}

const chinese: readonly [RegExp, string][] = [
  [/^is required$|^must not be empty$|^must name somebody$/, '请填写此项。'],
  [/^must be at most (\d+) characters$/, '最多 {} 个字。'],
  [/^must be a calendar day/, '请填写日期，例如 2026-03-01。'],
  [/^must be from 1970 to 2999$/, '年份超出范围。'],
  [/^must not be before (?:from|startsAt|enrolFrom)$/, '不能早于开始时间。'],
  [/^must lie in the same year as from/, '开始与结束须在同一年度。'],
  [/^must be at most the (\d+) days/, '学时不能超过这 {} 天。'],
  [/^must be at least (\d+)$/, '不能小于 {}。'],
  [/^must be at most (\d+)$/, '不能大于 {}。'],
  [/^must not be negative$/, '不能为负数。'],
  [/^must be (?:a whole number|a number)/, '请填写数字。'],
  [/^must be a web address$/, '请填写完整网址，以 https:// 开头。'],
  [/^must not contain control characters/, '含有无法显示的字符。'],
  [/^must be hours such as/, '请填写学时，例如 2、1.5 或 1小时30分。'],
  [/^is for offline activities alone$/, '仅适用于线下学习。'],
  [/^is there twice$/, '重复出现。'],
];
