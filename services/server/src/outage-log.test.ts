import { expect, test } from 'vitest';
import { everySoOften } from './outage-log.ts';

test('an outage is told at once and then every ten seconds, each by itself', () => {
  let now = 0;
  const told: string[] = [];
  const tell = everySoOften<number>(
    (fields, message) => told.push(`${message} ${fields}`),
    () => now,
  );
  tell(1, 'database');
  tell(2, 'database');
  tell(3, 'lock');
  now = 9_999;
  tell(4, 'database');
  now = 10_000;
  tell(5, 'database');
  expect(told).toEqual(['database 1', 'lock 3', 'database 5']);
});
