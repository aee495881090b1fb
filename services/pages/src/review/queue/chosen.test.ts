import { expect, test } from 'vitest';
import { chosenFrom, chosenValue } from './chosen.ts';

test('what was chosen is read back, each once', () => {
  const chosen = { activityId: 'a-1', etag: '"3"' };
  expect(chosenFrom([chosenValue(chosen), chosenValue(chosen), ''])).toEqual([chosen]);
});

test('more than any page holds is not looked at', () => {
  const values = Array.from({ length: 5_000 }, (_, nth) => `a-${nth} "1"`);
  expect(chosenFrom(values)).toHaveLength(200);
});
