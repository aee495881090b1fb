import { expect, test } from 'vitest';
import { kindOfThisRun } from '../stores/kinds.ts';
import { clean } from './audit.ts';
import { runFaultLoop } from './fault-loop.ts';

test('kill -9 in the middle of viewings loses no acknowledged millisecond, doubles none, and honest learners lose nothing', async () => {
  const kind = kindOfThisRun();
  const processes = kind === 'postgres-redis' ? 3 : 1;
  const { acknowledged, ...figures } = await runFaultLoop({ kind, fault: 'process', rounds: 4, processes });
  expect(figures).toEqual({ rounds: 4, ...clean });
  expect(acknowledged).toBeGreaterThan(100);
});
