import { expect, test } from 'vitest';
import { textOf } from './text-file.ts';

test('a file is read in UTF-8, with or without its mark, and as Excel writes it in China', async () => {
  const read = (...bytes: number[]) => textOf(new File([new Uint8Array(bytes)], 'a.csv'));
  expect(await read(0xe5, 0xad, 0xa6)).toBe('学');
  expect(await read(0xef, 0xbb, 0xbf, 0x61)).toBe('a');
  expect(await read(0xc5, 0xe0, 0xd1, 0xb5)).toBe('培训');
});
