import { defaultPolicy, parsePolicy } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { openOffice } from '../testing/office.ts';
import { adoptPolicy } from './adopt-policy.ts';

const changed = parsePolicy({ goal: '90h', categories: { online: { cap: '40h' } } });
const elsewhere = parsePolicy({ timeZone: 'Europe/Berlin' });
const start = (policy: typeof defaultPolicy, adopt = false) => ({ policy, adopt, actor: 'operator' });

describe('R9: the policy in force', () => {
  test('is the first one that a process starts with, and the same one starts again', async () => {
    const office = openOffice();
    expect(await adoptPolicy(office, start(defaultPolicy))).toBe(true);
    expect(await adoptPolicy(office, start(parsePolicy({})))).toBe(false);
    expect(await office.policies.history()).toHaveLength(1);
  });

  test('keeps a process with another one from starting, naming each difference', async () => {
    const office = openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    await expect(adoptPolicy(office, start(changed))).rejects.toMatchObject({
      name: 'PolicyNotInForce',
      message:
        'The policy differs from the one in force since 2026-03-01T04:00:00.000Z: ' +
        'goal is 100h there and 90h here, categories.online.cap is 50h there and 40h here',
    });
    expect(await office.policies.history()).toHaveLength(1);
  });

  test('changes when the operator says so, with its time in force', async () => {
    const office = openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    office.setClock('2026-03-02 00:00');
    const revision = office.courseware.sharedRevision();
    expect(await adoptPolicy(office, start(changed, true))).toBe(true);
    expect(await office.policies.current()).toMatchObject({ inForceFrom: office.now() });
    expect(office.courseware.sharedRevision()).toBeGreaterThan(revision);
    await expect(adoptPolicy(office, start(defaultPolicy))).rejects.toMatchObject({
      name: 'PolicyNotInForce',
    });
  });

  test('of two processes that start at once with different ones, one does not start', async () => {
    const office = openOffice();
    const starts = await Promise.allSettled(
      [defaultPolicy, changed].map((policy) => adoptPolicy(office, start(policy))),
    );
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('R9: the time zone', () => {
  test('can still change before the first fact', async () => {
    const office = openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    await expect(adoptPolicy(office, start(elsewhere))).rejects.toMatchObject({ name: 'PolicyNotInForce' });
    expect(await adoptPolicy(office, start(elsewhere, true))).toBe(true);
  });

  test('is fixed with the first fact, whatever the operator says', async () => {
    const office = openOffice();
    await adoptPolicy(office, start(defaultPolicy));
    office.watch('u1', 'film', '2026-02-01 08:00', 1);
    await expect(adoptPolicy(office, start(elsewhere, true))).rejects.toMatchObject({
      name: 'TimeZoneFixed',
      message: expect.stringMatching(/fixed as Asia\/Shanghai .* cannot become Europe\/Berlin/),
    });
    expect(await office.policies.history()).toHaveLength(1);
  });
});
