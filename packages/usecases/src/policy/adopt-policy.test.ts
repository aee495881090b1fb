import { defaultPolicy, parsePolicy, policyToJson } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { openOffice } from '../testing/office.ts';
import { adoptPolicy } from './adopt-policy.ts';

const changed = parsePolicy({ goal: '90h', categories: { online: { cap: '40h' } } });
const elsewhere = parsePolicy({ timeZone: 'Europe/Berlin' });
const inForce = (policy: typeof defaultPolicy) => JSON.stringify(policyToJson(policy));
const start = (policy: typeof defaultPolicy, adopt = false) => ({ policy, adopt, actor: 'operator' });

describe('R9: the policy in force', () => {
  test('is the first one that a process starts with, and the same one starts again', async () => {
    const office = await openOffice();
    expect(await adoptPolicy(office, start(defaultPolicy))).toBe(true);
    const first = await office.policies.current();
    office.setClock('2026-03-02 00:00');
    expect(await adoptPolicy(office, start(parsePolicy({})))).toBe(false);
    expect(await office.policies.current()).toEqual(first);
  });

  test('keeps a process with another one from starting, naming each difference', async () => {
    const office = await openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    await expect(adoptPolicy(office, start(changed))).rejects.toMatchObject({
      name: 'PolicyNotInForce',
      message:
        'The policy differs from the one in force since 2026-03-01T04:00:00.000Z: ' +
        'goal is 100h there and 90h here, categories.online.cap is 50h there and 40h here',
    });
    expect(await office.policies.current()).toMatchObject({ policy: inForce(defaultPolicy) });
  });

  test('changes when the operator says so, with its time in force', async () => {
    const office = await openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    office.setClock('2026-03-02 00:00');
    const revision = await office.courseware.sharedRevision();
    expect(await adoptPolicy(office, start(changed, true))).toBe(true);
    expect(await office.policies.current()).toMatchObject({ inForceFrom: office.now() });
    expect(await office.courseware.sharedRevision()).toBeGreaterThan(revision);
    await expect(adoptPolicy(office, start(defaultPolicy))).rejects.toMatchObject({
      name: 'PolicyNotInForce',
    });
  });

  test('may have been stored by another release, by rules for policies that hold no more', async () => {
    const office = await openOffice();
    const by = { actor: 'operator', at: office.now(), reason: null };
    await office.policies.adopt('{"slack":"10h","colour":"red"}', null, [], by);
    await expect(adoptPolicy(office, start(defaultPolicy))).rejects.toThrow(
      /slack is 10h there and 2s here, colour is red there and null here/,
    );
    expect(await adoptPolicy(office, start(defaultPolicy, true))).toBe(true);
  });

  test('of two processes that start at once with different ones, one does not start', async () => {
    const office = await openOffice();
    const starts = await Promise.allSettled(
      [defaultPolicy, changed].map((policy) => adoptPolicy(office, start(policy))),
    );
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('R9: the time zone', () => {
  test('can still change before the first fact', async () => {
    const office = await openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    await expect(adoptPolicy(office, start(elsewhere))).rejects.toMatchObject({ name: 'PolicyNotInForce' });
    expect(await adoptPolicy(office, start(elsewhere, true))).toBe(true);
  });

  test('is fixed with the first fact, whatever the operator says', async () => {
    const office = await openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    await office.watch('u1', 'film', '2026-02-01 08:00', 1);
    await expect(adoptPolicy(office, start(elsewhere, true))).rejects.toMatchObject({
      name: 'TimeZoneFixed',
      message: expect.stringMatching(/fixed as Asia\/Shanghai .* cannot become Europe\/Berlin/),
    });
    expect(await office.policies.current()).toMatchObject({ policy: inForce(defaultPolicy) });
  });

  test('is fixed also when the first fact comes between the look and the adoption', async () => {
    const office = await openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    const policies = {
      ...office.policies,
      adopt: async (...asked: Parameters<typeof office.policies.adopt>) => {
        await office.watch('u1', 'film', '2026-02-01 08:00', 1);
        return office.policies.adopt(...asked);
      },
    };
    await expect(adoptPolicy({ ...office, policies }, start(elsewhere, true))).rejects.toMatchObject({
      name: 'TimeZoneFixed',
    });
    expect(await office.policies.current()).toMatchObject({ policy: inForce(defaultPolicy) });
  });
});
