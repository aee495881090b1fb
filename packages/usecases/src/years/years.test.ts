import { Problem } from '@watchledger/contract';
import { LedgerUnavailable } from '@watchledger/ledger';
import { describe, expect, test } from 'vitest';
import { declareActivity, importHistory } from '../activities/index.ts';
import { patchCourseware } from '../courseware/index.ts';
import { learnerCredits } from '../credits/index.ts';
import { putExam } from '../exams/index.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, training } from '../testing/office-work.ts';
import { decideEnrolments, putTraining } from '../trainings/index.ts';
import { closeYear, compareYear, listYears, reopenYear } from './index.ts';
import { creditPolicy } from './snapshot.ts';

const any = { allowedCourseware: null } as const;
const day2025 = { startsAt: '2025-05-05T09:00:00+08:00', endsAt: '2025-05-05T17:00:00+08:00' };
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error) => (error instanceof Problem ? error.code : error),
  );
const close = (office: Office, year: number) => closeYear(office, { ...hq, year });
const online = async (office: Office, year: number, learnerId = 'u1') =>
  (await learnerCredits(office, { learnerId, year, ...any })).online.creditedSeconds;
const limit = (office: Office, id: string, hours: number) =>
  patchCourseware(office, { actor: 'ann', id, fields: { limitSeconds: hours * HOUR } });

describe('a closed year (R8)', () => {
  test('E12: a limit corrected after it is closed leaves it unmoved', async () => {
    const office = await openOffice();
    await office.put('film', 12);
    await office.watch('u1', 'film', '2025-02-01 08:00', 120);
    await close(office, 2025);
    await limit(office, 'film', 2);
    expect(await online(office, 2025)).toBe(720);
    expect((await learnerCredits(office, { learnerId: 'u1', year: 2025, ...any })).closed).toBe(true);
  });

  test('E16: closed with 12 min, the limit corrected to 2 h, watched 2 h in 2026: 1 h 48 min', async () => {
    const office = await openOffice();
    await office.put('film', 12);
    await office.watch('u1', 'film', '2025-02-01 08:00', 120);
    await close(office, 2025);
    await limit(office, 'film', 2);
    await office.watch('u1', 'film', '2026-02-01 08:00', 120);
    expect(await online(office, 2026)).toBe(HOUR + 48 * 60);
  });

  test('E8: 1.5 h watched in 2025 and 1 h in 2026 of a limit of 2 h: 30 min in 2026, closed or not', async () => {
    const office = await openOffice();
    await office.put('film', 120);
    await office.watch('u1', 'film', '2025-02-01 08:00', 90);
    await office.watch('u1', 'film', '2026-02-01 08:00', 60);
    expect(await online(office, 2026)).toBe(HOUR / 2);
    await close(office, 2025);
    expect(await online(office, 2026)).toBe(HOUR / 2);
  });

  test('E13: time watched while the cap was full uses up nothing, also across a closed year', async () => {
    const office = await openOffice();
    for (const day of [1, 2, 3, 4, 5]) {
      await office.put(`film${day}`, 600);
      await office.watch('u1', `film${day}`, `2025-01-0${day} 08:00`, 600);
    }
    await office.put('A', 120);
    await office.watch('u1', 'A', '2025-02-01 08:00', 120);
    await close(office, 2025);
    await office.watch('u1', 'A', '2026-02-01 08:00', 120);
    expect([await online(office, 2025), await online(office, 2026)]).toEqual([50 * HOUR, 2 * HOUR]);
  });

  test('refuses what is dated in it; watched time that arrives late is kept, uncredited', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    await office.watch('u1', 'film', '2025-02-01 08:00', 60);
    const earlier = training({ startsAt: '2025-06-01T00:00:00Z', endsAt: '2025-06-02T00:00:00Z' });
    await putTraining(office, { ...hq, id: 't1', fields: earlier });
    await close(office, 2025);
    const day = { from: '2025-03-01', to: '2025-03-01' };
    expect(
      await refusal(declareActivity(office, { learnerId: 'u1', declared: declared(day), draft: true })),
    ).toBe('year-closed');
    const rows = [{ line: 2, row: { ...declared(day), kind: null, reference: 'a', learnerId: 'u1' } }];
    expect(await refusal(importHistory(office, { ...hq, rows, dryRun: false }))).toBe('invalid-request');
    expect(await refusal(putTraining(office, { ...hq, id: 't2', fields: earlier }))).toBe('year-closed');
    const items = [{ learnerId: 'u1' }];
    expect(
      await refusal(
        decideEnrolments(office, { ...hq, id: 't1', decision: 'confirm', items, registering: true }),
      ),
    ).toBe('year-closed');
    const exam = { examId: 'e1', learnerId: 'u1', title: 'Exam', takenOn: '2025-05-05', passed: true };
    expect(await refusal(putExam(office, { ...hq, exam }))).toBe('year-closed');
    await office.watch('u1', 'film', '2025-12-31 10:00', 60);
    const { online } = await learnerCredits(office, { learnerId: 'u1', year: 2025, ...any });
    expect(online).toMatchObject({ watchedSeconds: 2 * HOUR, creditedSeconds: HOUR });
  });

  test('is a past one whose predecessors with hours are closed; closing again changes nothing', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    await office.watch('u1', 'film', '2024-02-01 08:00', 60);
    expect(await refusal(close(office, 2026))).toBe('year-not-closable');
    expect(await refusal(close(office, 2025))).toBe('year-not-closable');
    expect(await refusal(closeYear(office, { actor: 'a', organisationId: 'imr', year: 2024 }))).toBe(
      'forbidden',
    );
    const closed = await close(office, 2024);
    expect(closed).toMatchObject({
      state: 'closed',
      learners: 1,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await close(office, 2024)).toEqual(closed);
    expect((await close(office, 2025)).learners).toBe(0);
    expect((await listYears(office, {})).items.map(({ year, state }) => [year, state])).toEqual([
      [2026, 'open'],
      [2025, 'closed'],
      [2024, 'closed'],
    ]);
  });

  test('is reopened with a reason, the last one first, and folds anew', async () => {
    const office = await openOffice();
    await office.put('film', 12);
    await office.watch('u1', 'film', '2024-02-01 08:00', 120);
    for (const year of [2024, 2025]) await close(office, year);
    await limit(office, 'film', 2);
    const reopen = (year: number) => reopenYear(office, { ...hq, year, reason: 'wrong limit' });
    expect(await refusal(reopen(2024))).toBe('year-not-closable');
    await reopen(2025);
    expect(await refusal(reopen(2025))).toBe('year-not-closed');
    expect((await reopen(2024)).state).toBe('open');
    expect(await online(office, 2024)).toBe(2 * HOUR);
    const search = { kind: 'year', id: '2024', learnerId: null, actor: null, after: null, limit: 9 } as const;
    const trail = await office.audit.entries(search);
    expect(trail.map(({ action, reason }) => [action, reason])).toEqual([
      ['closing', null],
      ['closed', null],
      ['reopened', 'wrong limit'],
    ]);
  });

  test('stays open while something in it awaits a decision, unless told otherwise', async () => {
    const office = await openOffice();
    const day = { from: '2025-05-05', to: '2025-05-05' };
    await declareActivity(office, { learnerId: 'u1', declared: declared(day), draft: false });
    await expect(close(office, 2025)).rejects.toMatchObject({
      code: 'year-not-closable',
      members: { pending: { activities: 1, enrolments: 0 } },
    });
    const closed = await closeYear(office, { ...hq, year: 2025, leavePending: true });
    expect(closed.state).toBe('closed');
    expect(await close(office, 2025)).toEqual(closed);
  });

  test('that could not be closed is as open as before', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    await office.watch('u1', 'film', '2024-02-01 08:00', 60);
    expect(await refusal(close(office, 2025))).toBe('year-not-closable');
    const day = { from: '2025-05-05', to: '2025-05-05' };
    expect(
      await refusal(declareActivity(office, { learnerId: 'u1', declared: declared(day), draft: false })),
    ).toBe('accepted');
  });

  test('is compared with what a fold of today would say', async () => {
    const office = await openOffice();
    await office.put('film', 12);
    await office.watch('u1', 'film', '2025-02-01 08:00', 120);
    await approved(office, 'u2', declared({ from: '2025-03-01', to: '2025-03-01', hours: 3 }));
    await held(office, 't1', training({ startsAt: '2025-06-01T00:00:00Z', endsAt: '2025-06-02T00:00:00Z' }), [
      'u2',
    ]);
    await close(office, 2025);
    expect(await compareYear(office, { organisationId: null, year: 2025 })).toMatchObject({
      learners: 2,
      different: 0,
      intact: true,
    });
    await limit(office, 'film', 2);
    const compared = await compareYear(office, { organisationId: null, year: 2025 });
    expect(compared).toMatchObject({ different: 1, intact: true });
    expect(compared.items).toMatchObject([{ learnerId: 'u1', frozenSeconds: 720, foldedSeconds: 2 * HOUR }]);
    expect(await refusal(compareYear(office, { organisationId: null, year: 2024 }))).toBe('year-not-closed');
  });

  test('says how far it is while it is being closed', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    for (const learnerId of ['u1', 'u2', 'u3']) await office.watch(learnerId, 'film', '2025-02-01 08:00', 60);
    const seen: unknown[] = [];
    const { years } = office;
    const closing = closeYear(
      {
        ...office,
        years: {
          ...years,
          freeze: async (...asked) => {
            const progressOf = async () =>
              (await listYears(office, {})).items.map(({ state, progress }) => [state, progress]);
            seen.push((await progressOf())[1]);
            const frozen = await years.freeze(...asked);
            seen.push((await progressOf())[1]);
            return frozen;
          },
        },
      },
      { ...hq, year: 2025 },
    );
    expect(await closing).not.toHaveProperty('progress');
    expect(seen).toEqual([
      ['closing', { done: 0, of: 3 }],
      ['closing', { done: 3, of: 3 }],
    ]);
  });

  test('of two who close it at once, both are told the truth', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    for (const learnerId of ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'])
      await office.watch(learnerId, 'film', '2025-02-01 08:00', 60);
    const outcomes = await Promise.all([refusal(close(office, 2025)), refusal(close(office, 2025))]);
    expect(outcomes).toContain('accepted');
    expect(outcomes.every((outcome) => outcome === 'accepted' || outcome === 'year-closing')).toBe(true);
    expect(await compareYear(office, { organisationId: null, year: 2025 })).toMatchObject({
      learners: 7,
      different: 0,
      intact: true,
    });
  });

  test('is closed by one at a time: a second one is told who does, and takes over only what stands still', async () => {
    const office = await openOffice();
    await office.put('film', 600);
    await office.watch('u1', 'film', '2025-02-01 08:00', 60);
    let inTheMiddle = async () => {};
    const slow: Office = {
      ...office,
      years: {
        ...office.years,
        freeze: async (...asked) => {
          await inTheMiddle();
          return office.years.freeze(...asked);
        },
      },
    };
    const closing = { year: 2025, by: 'reviewer', staleAt: '2026-03-01T04:01:00.000Z' };
    inTheMiddle = async () => {
      for (const year of [2025, 2024])
        await expect(closeYear(office, { ...hq, actor: 'bob', year })).rejects.toMatchObject({
          code: 'year-closing',
          members: { closing },
        });
    };
    expect((await close(slow, 2025)).closedBy).toBe('reviewer');
    await reopenYear(office, { ...hq, year: 2025, reason: 'again' });

    inTheMiddle = async () => {
      office.setClock('2026-03-01 12:01');
      await closeYear(office, { ...hq, actor: 'bob', year: 2025 });
    };
    expect(await refusal(close(slow, 2025))).toBe('year-not-closable');
    expect((await listYears(office, {})).items[1]).toMatchObject({ state: 'closed', closedBy: 'bob' });
    await reopenYear(office, { ...hq, year: 2025, reason: 'again' });

    // Of another year, what stands still is given up.
    inTheMiddle = async () => {
      office.setClock('2026-03-01 12:02');
      await close(office, 2024);
    };
    expect(await refusal(close(slow, 2025))).toBe('year-not-closable');
    expect((await listYears(office, {})).items.map(({ state }) => state)).toEqual(['open', 'open', 'closed']);
  });

  test('of which the closing stands still takes decisions again, and that closing does not go on', async () => {
    const office = await openOffice();
    const day = { from: '2025-05-05', to: '2025-05-05' };
    const declare = () => declareActivity(office, { learnerId: 'u1', declared: declared(day), draft: false });
    const dead = { year: 2025, attempt: 'dead' };
    const terms = { policy: creditPolicy(office.policy), leavePending: true };
    const by = () => ({ actor: 'bob', at: office.now(), reason: null });
    expect(await office.years.begin(dead, terms, by())).toEqual({ outcome: 'begun' });
    expect(await refusal(declare())).toBe('year-closed');
    office.setClock('2026-03-01 12:01');
    expect((await listYears(office, {})).items[1]).toMatchObject({ year: 2025, state: 'open' });
    expect(await refusal(declare())).toBe('accepted');
    expect(await refusal(putTraining(office, { ...hq, id: 't1', fields: training(day2025) }))).toBe(
      'accepted',
    );
    const snapshot = { learners: 0, checksum: 'x', sharedRevision: 0 };
    expect(await office.years.freeze(dead, [], office.now())).toBe('overtaken');
    expect(await office.years.restart(dead, office.now())).toBe('overtaken');
    expect(await office.years.finish(dead, snapshot, by())).toBe('overtaken');

    // One that cannot take its place gives it up all the same.
    await expect(close(office, 2025)).rejects.toMatchObject({ members: { pending: { activities: 1 } } });
    expect((await listYears(office, {})).items[1]).toMatchObject({ year: 2025, state: 'open' });
  });

  test('of which a later closing stands still can be reopened', async () => {
    const office = await openOffice();
    await close(office, 2024);
    const dead = { year: 2025, attempt: 'dead' };
    const terms = { policy: creditPolicy(office.policy), leavePending: true };
    await office.years.begin(dead, terms, { actor: 'bob', at: office.now(), reason: null });
    const reopen = () => reopenYear(office, { ...hq, year: 2024, reason: 'too early' });
    expect(await refusal(reopen())).toBe('year-not-closable');
    office.setClock('2026-03-01 12:01');
    expect(await refusal(reopen())).toBe('accepted');
    expect((await listYears(office, {})).items.map(({ state }) => state)).toEqual(['open', 'open']);
  });

  test('of which the closing began and nobody was told is as open as before', async () => {
    const office = await openOffice();
    const unheard: Office = {
      ...office,
      years: {
        ...office.years,
        begin: async (...asked) => {
          await office.years.begin(...asked);
          throw new LedgerUnavailable('failed');
        },
      },
    };
    expect(await refusal(close(unheard, 2025))).toBe('unavailable');
    const day = { from: '2025-05-05', to: '2025-05-05' };
    const declaring = { learnerId: 'u1', declared: declared(day), draft: false };
    expect(await refusal(declareActivity(office, declaring))).toBe('accepted');
  });

  test('a limit that is changed while it is being closed is in the snapshot, for everybody', async () => {
    const office = await openOffice();
    await office.put('film', 12);
    for (let nth = 10; nth < 25; nth += 1) await office.watch(`u${nth}`, 'film', '2025-02-01 08:00', 120);
    let changed = false;
    await closeYear(office, {
      ...hq,
      year: 2025,
      onProgress: () => {
        if (changed) return;
        changed = true;
        void limit(office, 'film', 1);
      },
    });
    expect(await compareYear(office, { organisationId: null, year: 2025 })).toMatchObject({
      different: 0,
      intact: true,
    });
    expect(await online(office, 2025, 'u24')).toBe(HOUR);
    expect(await online(office, 2025, 'u10')).toBe(HOUR);
  });
});
