import { Problem } from '@watchledger/contract';
import { LockUnavailable } from '@watchledger/lock';
import { expect, test } from 'vitest';
import { everySoOften, outageFields } from './outage-log.ts';

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

test('a store that is away is told in one line, by its reason; any other error whole', () => {
  const away = new LockUnavailable('Redis did not answer "report": connect ECONNREFUSED');
  const problem = new Problem('unavailable', 'The lock store does not answer now.', {}, { cause: away });
  for (const err of [away, problem]) expect(outageFields({ err })).toEqual({ reason: away.message });
  const mistake = new TypeError('not a function');
  expect(outageFields({ err: mistake })).toEqual({ err: mistake });
});
