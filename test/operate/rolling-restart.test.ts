import { afterEach, describe, expect, test } from 'vitest';
import { clean } from '../faults/audit.ts';
import { cleanUp } from '../harness/index.ts';
import { forms, rollingRestart } from '../rolling/rolling.ts';

const learners = 20;
/** Each learner meets each process that goes once at most. */
const goings = { workers: 2, processes: 3 };

afterEach(cleanUp);

describe.each(['sqlite-redis', 'postgres-redis'] as const)('on %s', { timeout: 300_000 }, (kind) => {
  test.each(forms)(
    'learners watch while all %s are replaced: nothing acknowledged is lost, nothing is sent more than twice',
    async (form) => {
      const options = { kind, form, learners, rounds: 1, paceMs: 200 } as const;
      const { answered, acknowledged, retriedOnce, ...figures } = await rollingRestart(options);
      expect(figures).toEqual({ ...clean, retriedMore: 0 });
      expect(acknowledged).toBeGreaterThan(100);
      expect(answered).toBeGreaterThanOrEqual(acknowledged);
      expect(retriedOnce).toBeLessThanOrEqual(learners * goings[form]);
    },
  );
});
