import { instant } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import type { PolicyLedger } from './port.ts';

const by = (at: number) => ({ actor: 'operator', at: instant(at), reason: null });

/** What every store of policies must do; `open` gives an empty one, `watch` stores a first fact in it. */
export function policyContract(
  open: () => Promise<{ ledger: PolicyLedger; watch: () => Promise<void> }>,
): void {
  describe('policies', () => {
    test('are kept with their time in force, and the last one is in force', async () => {
      const { ledger } = await open();
      expect(await ledger.current()).toBeNull();
      expect(await ledger.adopt('{"goal":"100h"}', null, [], by(1_000))).toBe(true);
      expect(await ledger.adopt('{"goal":"90h"}', '{"goal":"100h"}', [], by(2_000))).toBe(true);
      expect(await ledger.current()).toEqual({ policy: '{"goal":"90h"}', inForceFrom: 2_000 });
      expect(await ledger.history()).toEqual([
        { policy: '{"goal":"100h"}', inForceFrom: 1_000 },
        { policy: '{"goal":"90h"}', inForceFrom: 2_000 },
      ]);
    });

    test('of two processes that start at once, one puts its policy in force', async () => {
      const { ledger } = await open();
      const adopted = await Promise.all(
        ['{"a":1}', '{"a":2}'].map((policy) => ledger.adopt(policy, null, [], by(1))),
      );
      expect(adopted.filter(Boolean)).toHaveLength(1);
      expect(await ledger.history()).toHaveLength(1);
    });
  });

  test('there are facts from the first session on', async () => {
    const { ledger, watch } = await open();
    expect(await ledger.hasFacts()).toBe(false);
    await watch();
    expect(await ledger.hasFacts()).toBe(true);
  });
}
