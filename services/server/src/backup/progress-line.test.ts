import { expect, test } from 'vitest';
import { progressLine } from './progress-line.ts';

function shownOn(isTTY: boolean): string[] {
  const written: string[] = [];
  const { show, clear } = progressLine({ isTTY, write: (text) => written.push(text) });
  for (const copiedBytes of [0, 100_000, 101_000, 20_000_000]) show({ copiedBytes, totalBytes: 20_000_000 });
  clear();
  return written.map((text) => text.replace('\r', '').replace('\x1b[K', ''));
}

test('a terminal shows how far it is, in one line that is gone in the end', () => {
  expect(shownOn(true)).toEqual(['0 % of 20.0 MB', '100 % of 20.0 MB', '']);
});

test('a log is spared', () => {
  expect(shownOn(false)).toEqual([]);
});
