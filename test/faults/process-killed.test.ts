import { expect, test } from 'vitest';
import { kindOfThisRun } from '../stores/kinds.ts';
import { clean } from './audit.ts';
import { runFaultLoop } from './fault-loop.ts';

test('kill -9 in the middle of viewings loses no acknowledged millisecond, doubles none, and honest learners lose nothing', async () => {
  const kind = kindOfThisRun();
  const processes = kind === 'postgres-redis' ? 3 : 1;
  const options = { kind, fault: 'process', rounds: 5, processes } as const;
  const { acknowledged, rivals, slowestHealMs: _, ...figures } = await runFaultLoop(options);
  expect(figures).toEqual({ rounds: 5, struck: { 'ended by SIGKILL': 5 }, ...clean });
  expect(acknowledged).toBeGreaterThan(100);
  expect(rivals.refused).toBeGreaterThan(5);
});
