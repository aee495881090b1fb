import { expect, test } from 'vitest';
import { clean } from '../faults/audit.ts';
import { forms, rollingRestart } from '../rolling/rolling.ts';

test.each(forms)(
  'learners watch while all %s are replaced: nothing acknowledged is lost, nothing is sent more than twice',
  async (form) => {
    const options = { kind: 'sqlite-redis', form, learners: 20, rounds: 1, paceMs: 200 } as const;
    const { answered, acknowledged, retriedOnce, ...figures } = await rollingRestart(options);
    expect(figures).toEqual({ ...clean, retriedMore: 0 });
    expect(acknowledged).toBeGreaterThan(100);
    expect(answered).toBeGreaterThanOrEqual(acknowledged);
    expect(retriedOnce).toBeLessThan(answered / 10);
  },
);
