import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startChild } from '../harness/index.ts';

const story = fileURLToPath(new URL('main.ts', import.meta.url));

test('the story of the learner of 2016, of a corrected limit and of a tampered trail ends well', async () => {
  const child = startChild(process.execPath, [story]);
  const { code } = await child.ended;
  expect(child.stderr()).toBe('');
  expect(child.stdout()).toContain('service  2016年度您已完成54小时10分, 再学45小时50分将达到100学时的目标!');
  expect(child.stdout()).toContain('All is as it must be');
  expect(code).toBe(0);
});
