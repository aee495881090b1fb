import { sessionIdOf } from '@watchledger/ledger/testing';
import { defaultPolicy, milliseconds, type Policy } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../testing/office.ts';
import { sessionTimeline } from './session-timeline.ts';

const MINUTE = 60_000;

async function told(office: Office, nth: number): Promise<[reason: string | null, minutes: number][]> {
  const { stretches } = await sessionTimeline(office, {
    sessionId: sessionIdOf(`watched ${nth}`),
    ownLearnerId: 'ann',
    allowedCourseware: null,
  });
  return stretches.map(({ reason, watchedMs }) => [reason, watchedMs / MINUTE]);
}

const withCap = (cap: number): Policy => ({
  ...defaultPolicy,
  categories: { ...defaultPolicy.categories, online: { cap: milliseconds(cap) } },
});

describe('R13: what counted and is not credited', () => {
  test('R4: beyond the limit of the courseware, counted over all sessions before', async () => {
    const office = await openOffice();
    await office.put('a', 30);
    await office.watch('ann', 'a', '2026-02-01 10:00', 20);
    await office.watch('ann', 'a', '2026-02-02 10:00', 20);
    expect(await told(office, 1)).toEqual([[null, 20]]);
    expect(await told(office, 2)).toEqual([
      [null, 10],
      ['courseware-limit-reached', 10],
    ]);
  });

  test('R5: beyond the cap of the year', async () => {
    const office = await openOffice(withCap(50 * MINUTE));
    await office.put('a', 60);
    await office.put('b', 60);
    await office.watch('ann', 'a', '2026-02-01 10:00', 40);
    await office.watch('ann', 'b', '2026-02-02 10:00', 40);
    expect(await told(office, 2)).toEqual([
      [null, 10],
      ['online-cap-reached', 30],
    ]);
  });

  test('R8: a limit that is raised changes it', async () => {
    const office = await openOffice();
    await office.put('a', 10);
    await office.watch('ann', 'a', '2026-02-01 10:00', 20);
    expect(await told(office, 1)).toHaveLength(2);
    await office.put('a', 20);
    expect(await told(office, 1)).toEqual([[null, 20]]);
  });
});

test('nobody sees the session of somebody else, nor one that a bound token does not serve (T21)', async () => {
  const office = await openOffice();
  await office.put('a', 10);
  await office.watch('ann', 'a', '2026-02-01 10:00', 20);
  const sessionId = sessionIdOf('watched 1');
  const asked = { sessionId, allowedCourseware: null };
  await expect(sessionTimeline(office, { ...asked, ownLearnerId: 'bob' })).rejects.toMatchObject({
    code: 'session-not-found',
  });
  const bound = { ...asked, ownLearnerId: 'ann', allowedCourseware: new Set(['b']) };
  await expect(sessionTimeline(office, bound)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await sessionTimeline(office, { ...asked, ownLearnerId: null })).toMatchObject({ learnerId: 'ann' });
});
