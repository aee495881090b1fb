import { expect, test } from 'vitest';
import { byteRange } from './byte-range.ts';

const size = 1000;

test.each([
  ['no header', undefined, { kind: 'whole' }],
  ['the first hundred bytes', 'bytes=0-99', { kind: 'part', first: 0, last: 99 }],
  ['one byte', 'bytes=0-0', { kind: 'part', first: 0, last: 0 }],
  ['from the middle on', 'bytes=500-', { kind: 'part', first: 500, last: 999 }],
  ['beyond the end', 'bytes=900-5000', { kind: 'part', first: 900, last: 999 }],
  ['the last hundred bytes', 'bytes=-100', { kind: 'part', first: 900, last: 999 }],
  ['a tail longer than the file', 'bytes=-5000', { kind: 'part', first: 0, last: 999 }],
  ['starting after the end', 'bytes=1000-', { kind: 'unsatisfiable' }],
  ['an empty tail', 'bytes=-0', { kind: 'unsatisfiable' }],
  ['backwards', 'bytes=9-3', { kind: 'whole' }],
  ['several ranges', 'bytes=0-1,5-6', { kind: 'whole' }],
  ['another unit', 'seconds=1-2', { kind: 'whole' }],
  ['nonsense', 'bytes=-', { kind: 'whole' }],
])('a range that is %s', (_, header, expected) => {
  expect(byteRange(header, size)).toEqual(expected);
});
