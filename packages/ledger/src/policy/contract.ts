import { instant } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import type { PolicyLedger } from './port.ts';

const by = (at: number) => ({ actor: 'operator', at: instant(at), reason: null });

/** What every store of policies must do; `open` gives an empty one, `watch` stores a first fact in it. */
export function policyContract(
  open: () => Promise<{ ledger: PolicyLedger; watch: () => Promise<void> }>,
): void {
  describe('policies', () => {
    test('have their time in force, and the last one is in force', async () => {
      const { ledger } = await open();
      expect(await ledger.current()).toBeNull();
      expect(await ledger.adopt('{"goal":"100h"}', null, [], by(1_000))).toBe('adopted');
      expect(await ledger.adopt('{"goal":"90h"}', '{"goal":"100h"}', [], by(2_000))).toBe('adopted');
      expect(await ledger.current()).toEqual({ policy: '{"goal":"90h"}', inForceFrom: 2_000 });
    });

    test('of two processes that start at once, one puts its policy in force', async () => {
      const { ledger } = await open();
      const proposed = ['{"a":1}', '{"a":2}'];
      const outcomes = await Promise.all(proposed.map((policy) => ledger.adopt(policy, null, [], by(1))));
      expect(outcomes.toSorted()).toEqual(['adopted', 'overtaken']);
      expect((await ledger.current())?.policy).toBe(proposed[outcomes.indexOf('adopted')]);
    });
  });

  test('there are facts from the first session on', async () => {
    const { ledger, watch } = await open();
    expect(await ledger.hasFacts()).toBe(false);
    await watch();
    expect(await ledger.hasFacts()).toBe(true);
  });

  test('the adopting transaction itself refuses another time zone once there are facts, and writes nothing', async () => {
    const { ledger, watch } = await open();
    const zone = (from: string | null, to: string) => [{ field: 'timeZone', from, to }];
    expect(await ledger.adopt('{"zone":"A"}', null, zone(null, 'A'), by(1))).toBe('adopted');
    expect(await ledger.adopt('{"zone":"B"}', '{"zone":"A"}', zone('A', 'B'), by(2))).toBe('adopted');
    await watch();
    expect(await ledger.adopt('{"zone":"A"}', '{"zone":"B"}', zone('B', 'A'), by(3))).toBe('zone-fixed');
    expect(await ledger.current()).toEqual({ policy: '{"zone":"B"}', inForceFrom: 2 });
  });
}
