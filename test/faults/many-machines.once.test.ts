import { expect, test } from 'vitest';
import { clean } from './audit.ts';
import { runFaultLoop } from './fault-loop.ts';

test.each([
  ['a Redis primary is killed and its replica promoted', 'redis-primary'],
  ['PostgreSQL is restarted', 'postgres'],
  ['a connection is cut in the middle of a commit', 'commit'],
] as const)(
  '%s: no acknowledged millisecond is lost, none is doubled, no parallel one credited',
  async (_, fault) => {
    const options = { kind: 'postgres-redis', processes: 3, rounds: 3 } as const;
    const { acknowledged, honestLossMs, ...figures } = await runFaultLoop({ ...options, fault });
    const { honestLossMs: none, ...spotless } = clean;
    expect(figures).toEqual({ rounds: 3, ...spotless });
    expect(honestLossMs).toBe(none);
    expect(acknowledged).toBeGreaterThan(100);
  },
);
