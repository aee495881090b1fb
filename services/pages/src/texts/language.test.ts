import { defaultPolicy, milliseconds, type Policy } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { chooseLanguage, languages } from './language.ts';

test.each([
  ['en', 'zh-CN', 'en'],
  ['zh-CN', 'en', 'zh-CN'],
  ['zh', 'en', 'zh-CN'],
  ['fr', 'en-GB,en;q=0.9', 'en'],
  [undefined, 'fr, en-GB;q=0.8, zh;q=0.5', 'en'],
  [undefined, 'en;q=0.2, zh-TW;q=0.9', 'zh-CN'],
  [undefined, 'en;q=0', 'zh-CN'],
  [undefined, 'fr', 'zh-CN'],
  [undefined, undefined, 'zh-CN'],
])('?lang=%s with Accept-Language %s speaks %s', (asked, accepted, language) => {
  expect(chooseLanguage(asked, accepted)).toBe(language);
});

const capped = (cap: number): Policy => ({
  ...defaultPolicy,
  categories: { ...defaultPolicy.categories, online: { cap: milliseconds(cap) } },
});

test('R5: the text of a reached cap is the guide’s', () => {
  const [, text] = languages['zh-CN'].recording(defaultPolicy).states['online-cap-reached'];
  expect(text).toBe('已达 50 学时上限，不再计入；请通过在职自学或线下学习补充');
});

test.each([
  [5_400_000, '1.5 学时', '1.5 study hours'],
  [3_600_000, '1 学时', '1 study hour'],
  [20_000, '20 秒', '20 seconds'],
  [4_210_000, '1 小时 10 分钟 10 秒', '1 hour 10 minutes 10 seconds'],
])('R5: a cap of %i ms is said in the figures of the policy', (cap, zh, en) => {
  expect(languages['zh-CN'].recording(capped(cap)).states['online-cap-reached'][1]).toContain(
    `已达 ${zh}上限`,
  );
  expect(languages.en.recording(capped(cap)).states['online-cap-reached'][1]).toContain(`cap of ${en} is`);
});
