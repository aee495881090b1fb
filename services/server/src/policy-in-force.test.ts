import type { AuditedChange, PolicyLedger } from '@watchledger/ledger';
import { defaultPolicy, instant, type Policy, parsePolicy } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { putPolicyInForce } from './policy-in-force.ts';

function memory({ facts = false } = {}) {
  const stored: string[] = [];
  const trail: AuditedChange[] = [];
  const ledger: PolicyLedger = {
    current: async () => {
      const policy = stored.at(-1);
      return policy === undefined ? null : { policy, inForceFrom: instant(0) };
    },
    history: async () => [],
    adopt: async (policy, replaced, changes) => {
      if ((stored.at(-1) ?? null) !== replaced) return false;
      stored.push(policy);
      trail.push(...changes);
      return true;
    },
    hasFacts: async () => facts,
  };
  const start = (policy: Policy, adopt = false) =>
    putPolicyInForce(ledger, { policy, adopt, now: instant(0) });
  return { ledger, stored, trail, start };
}

describe('the policy in force (R9)', () => {
  test('is the one of the first start, and a start with the same changes nothing', async () => {
    const { stored, start } = memory();
    await start(defaultPolicy);
    await start(parsePolicy({ goal: '100h' }));
    expect(stored).toHaveLength(1);
  });

  test('stops a start with another one, naming what differs', async () => {
    const { stored, start } = memory();
    await start(defaultPolicy);
    await expect(start(parsePolicy({ lock: '80s', categories: { online: { cap: '40h' } } }))).rejects.toThrow(
      /^POLICY_FILE: categories\.online\.cap, lock differ from .*--adopt-policy/,
    );
    expect(stored).toHaveLength(1);
  });

  test('gives way to another one that is adopted, which the audit trail tells', async () => {
    const { stored, trail, start } = memory({ facts: true });
    await start(defaultPolicy);
    await start(parsePolicy({ lock: '80s', categories: { 'self-study': { cap: null } } }), true);
    expect(stored).toHaveLength(2);
    expect(trail).toEqual([
      { field: 'categories.self-study.cap', from: '10h', to: null },
      { field: 'lock', from: '1m30s', to: '1m20s' },
    ]);
  });

  test('keeps its time zone once there are facts, even if told to adopt another', async () => {
    const { start } = memory({ facts: true });
    await start(defaultPolicy);
    await expect(start(parsePolicy({ timeZone: 'Europe/Berlin' }), true)).rejects.toThrow(
      /timeZone is Asia\/Shanghai/,
    );
  });

  test('may change its time zone while there are none', async () => {
    const { stored, start } = memory();
    await start(defaultPolicy);
    await start(parsePolicy({ timeZone: 'Europe/Berlin' }), true);
    expect(stored).toHaveLength(2);
  });

  test('of two first starts at once is one, and the other start is held to it', async () => {
    const { ledger, stored, start } = memory();
    const slow: PolicyLedger = {
      ...ledger,
      adopt: async (...args) => {
        await start(defaultPolicy);
        return ledger.adopt(...args);
      },
    };
    const other = parsePolicy({ lock: '80s' });
    await expect(putPolicyInForce(slow, { policy: other, adopt: false, now: instant(0) })).rejects.toThrow(
      /^POLICY_FILE: lock/,
    );
    expect(stored).toHaveLength(1);
  });
});
