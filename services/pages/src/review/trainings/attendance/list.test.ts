import { expect, test } from 'vitest';
import { attendanceList } from './list.ts';

test('ids are parted by lines, blanks and commas, and known by where they stood', () => {
  const list = attendanceList('u1，u2\r\n\r\n u3、u4;u5\n');
  expect(list?.csv).toBe('learnerId\n"u1"\n"u2"\n"u3"\n"u4"\n"u5"');
  expect([list?.lineOf(3), list?.lineOf(4), list?.learnerAt(4)]).toEqual([1, 3, 'u3']);
});

test('a table with its header goes as it is', () => {
  const csv = 'learnerId,onlineHours\nu1,2\n';
  const list = attendanceList(csv);
  expect([list?.csv, list?.lineOf(2), list?.learnerAt(2)]).toEqual([csv, 2, undefined]);
});

test('nothing is nothing', () => {
  expect(attendanceList(' \n ')).toBeNull();
});
