import { expect, test } from 'vitest';
import { clean } from './audit.ts';
import { runFaultLoop } from './fault-loop.ts';

test.each([
  ['a Redis primary is killed and its replica promoted', 'redis-primary', { 'primary killed': 2 }],
  ['PostgreSQL is restarted', 'postgres-restart', { stopped: 2 }],
  ['PostgreSQL is killed', 'postgres', { 'ended by SIGKILL': 2 }],
  [
    'a connection is cut in the middle of a commit',
    'commit',
    {
      'answer to COMMIT cut': 2,
      'answer to UPDATE cut': 2,
      'COMMIT cut on its way': 2,
      'UPDATE cut on its way': 2,
    },
  ],
] as const)(
  '%s: no acknowledged millisecond is lost, none is doubled, no parallel one credited',
  async (_, fault, struck) => {
    const rounds = Object.values(struck).reduce((whole, times) => whole + times, 0);
    const options = { kind: 'postgres-redis', processes: 3, rounds } as const;
    const {
      acknowledged,
      rivals,
      slowestHealMs: _ms,
      ...figures
    } = await runFaultLoop({ ...options, fault });
    expect(figures).toEqual({ rounds, struck, ...clean });
    expect(acknowledged).toBeGreaterThan(100);
    expect(rivals.refused).toBeGreaterThan(rounds);
  },
);
