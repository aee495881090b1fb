import { readFileSync } from 'node:fs';
import { clusterRights, neededRights } from '@watchledger/lock';
import { expect, test } from 'vitest';
import { redisFault } from './redis-fault.ts';

test('what Redis says is kept, and what to do is added where it is known', () => {
  expect(redisFault('cannot reach Redis: connect ECONNREFUSED 127.0.0.1:6379')).toBe(
    'cannot reach Redis: connect ECONNREFUSED 127.0.0.1:6379',
  );
  expect(redisFault('cannot reach Redis: NOAUTH Authentication required.')).toMatch(
    /NOAUTH.*: it demands a password/,
  );
  expect(redisFault('cannot reach Redis: NOPERM this user has no permissions')).toMatch(
    /its user needs ~wl:\* \+eval/,
  );
});

test('the rights that are needed are those that the README tells', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`${neededRights}\``);
  expect(readme).toContain(`\`${clusterRights}\``);
});
