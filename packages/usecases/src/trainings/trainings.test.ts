import { Problem } from '@watchledger/contract';
import { LedgerUnavailable } from '@watchledger/ledger';
import { describe, expect, test } from 'vitest';
import { learnerCredits } from '../credits/index.ts';
import { openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, institute, training } from '../testing/office-work.ts';
import {
  cancelEnrolment,
  decideEnrolments,
  deleteTraining,
  enrol,
  enrolmentsOfLearner,
  getTraining,
  importTrainings,
  listEnrolments,
  listTrainings,
  putTraining,
  rateTraining,
} from './index.ts';

const any = { allowedCourseware: null } as const;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error) => (error instanceof Problem ? error.code : error),
  );

describe('trainings (R11)', () => {
  test('E17: 45 h watched and a training of 10 h online and 6 h offline: 50 h of 55 h online, 6 h offline', async () => {
    const office = await openOffice();
    for (const day of [1, 2, 3, 4, 5]) {
      await office.put(`film${day}`, 9 * 60);
      await office.watch('u1', `film${day}`, `2026-01-0${day} 08:00`, 9 * 60);
    }
    await held(office, 't1', training({ online: 10, offline: 6 }), ['u1']);
    const { online, offline } = await learnerCredits(office, { learnerId: 'u1', ...any });
    expect(online).toMatchObject({
      seconds: 55 * HOUR,
      creditedSeconds: 50 * HOUR,
      trainingSeconds: 10 * HOUR,
    });
    expect(offline).toMatchObject({ trainingSeconds: 6 * HOUR, creditedSeconds: 6 * HOUR });
  });

  test('enrolling credits nothing, and is normal after the event while the window is open', async () => {
    const office = await openOffice();
    await putTraining(office, { ...hq, id: 't1', fields: training() });
    const { enrolment, created } = await enrol(office, { id: 't1', learnerId: 'u1' });
    expect([enrolment.state, created]).toEqual(['enrolled', true]);
    expect((await enrol(office, { id: 't1', learnerId: 'u1' })).created).toBe(false);
    expect((await learnerCredits(office, { learnerId: 'u1', ...any })).total.seconds).toBe(0);
    office.setClock('2027-01-01 00:00');
    expect(await refusal(enrol(office, { id: 't1', learnerId: 'u2' }))).toBe('enrolment-closed');
    expect(await refusal(enrol(office, { id: 'none', learnerId: 'u2' }))).toBe('training-not-found');
  });

  test('capacity holds under races', async () => {
    const office = await openOffice();
    await putTraining(office, { ...hq, id: 't1', fields: training({ capacity: 3 }) });
    const racing = Array.from({ length: 12 }, (_, nth) =>
      refusal(enrol(office, { id: 't1', learnerId: `u${nth}` })),
    );
    const outcomes = await Promise.all(racing);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'training-full')).toHaveLength(9);
    const { items } = await listEnrolments(office, { ...hq, id: 't1', limit: 20 });
    const [first] = items;
    await cancelEnrolment(office, { id: 't1', learnerId: first?.learnerId ?? '' });
    expect(await refusal(enrol(office, { id: 't1', learnerId: 'late' }))).toBe('accepted');
  });

  test('are confirmed in bulk, with other hours per person, all or none; deciding again is a correction', async () => {
    const office = await openOffice();
    await putTraining(office, { ...hq, id: 't1', fields: training({ online: 2, offline: 4 }) });
    for (const learnerId of ['u1', 'u2']) await enrol(office, { id: 't1', learnerId });
    const decide = (items: { learnerId: string; offlineSeconds?: number }[], more: object = {}) =>
      decideEnrolments(office, { ...hq, id: 't1', decision: 'confirm', items, registering: false, ...more });
    expect(await refusal(decide([{ learnerId: 'u1' }, { learnerId: 'u3' }]))).toBe('invalid-request');
    expect((await listEnrolments(office, { ...hq, id: 't1', state: 'confirmed', limit: 9 })).items).toEqual(
      [],
    );
    expect(await decide([{ learnerId: 'u1' }, { learnerId: 'u2', offlineSeconds: HOUR }])).toEqual({
      changed: 2,
      unchanged: 0,
      similar: [],
    });
    const credited = async (learnerId: string) => {
      const { online, offline } = await learnerCredits(office, { learnerId, ...any });
      return [online.creditedSeconds, offline.creditedSeconds];
    };
    expect([await credited('u1'), await credited('u2')]).toEqual([
      [2 * HOUR, 4 * HOUR],
      [2 * HOUR, HOUR],
    ]);
    expect(await refusal(decide([{ learnerId: 'u2' }], { actor: 'bob' }))).toBe('already-decided');
    expect(await refusal(decide([{ learnerId: 'u2' }], { actor: 'bob', correct: true }))).toBe('accepted');
    expect(await credited('u2')).toEqual([2 * HOUR, 4 * HOUR]);
    await decide([{ learnerId: 'u1' }], { decision: 'reject', comment: 'was not there' });
    expect(await credited('u1')).toEqual([0, 0]);
    const trail = await office.audit.entries({
      kind: null,
      id: null,
      learnerId: 'u1' as never,
      actor: null,
      after: null,
      limit: 9,
    });
    expect(trail.map(({ action, reason }) => [action, reason])).toEqual([
      ['confirmed', null],
      ['corrected', 'was not there'],
    ]);
  });

  test('T17: nobody confirms themselves, nor decides for another institute', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    const put = { actor: 'ann', organisationId: 'imr', id: 't1', fields: training() };
    await putTraining(office, put);
    const confirm = (actor: string, organisationId: string | null) =>
      refusal(
        decideEnrolments(office, {
          actor,
          organisationId,
          id: 't1',
          decision: 'confirm',
          items: [{ learnerId: 'u1' }],
          registering: true,
        }),
      );
    expect(await confirm('u1', 'imr')).toBe('forbidden');
    expect(await confirm('bob', 'other')).toBe('forbidden');
    expect(await refusal(putTraining(office, { ...put, organisationId: 'other' }))).toBe('forbidden');
    expect(
      await refusal(listEnrolments(office, { actor: 'bob', organisationId: 'other', id: 't1', limit: 9 })),
    ).toBe('forbidden');
    expect(await confirm('ann', 'imr')).toBe('accepted');
  });

  test('T20: a training counts once, however often somebody is on its lists', async () => {
    const office = await openOffice();
    await held(office, 't1', training({ offline: 4 }), ['u1']);
    await enrol(office, { id: 't1', learnerId: 'u1' });
    const again = {
      ...hq,
      id: 't1',
      decision: 'confirm',
      items: [{ learnerId: 'u1' }],
      registering: true,
    } as const;
    expect(await decideEnrolments(office, again)).toMatchObject({ changed: 0, unchanged: 1 });
    expect((await learnerCredits(office, { learnerId: 'u1', ...any })).offline.seconds).toBe(4 * HOUR);
  });

  test('T20: before deciding, a reviewer sees what else of an attendee may be the same event', async () => {
    const office = await openOffice();
    await approved(office, 'u1', declared({ title: 'a training', category: 'offline' }));
    await held(office, 'other', training({ title: 'Another one' }), ['u1', 'u2']);
    await putTraining(office, { ...hq, id: 't1', fields: training() });
    for (const learnerId of ['u1', 'u3']) await enrol(office, { id: 't1', learnerId });
    const { items } = await listEnrolments(office, { ...hq, id: 't1', limit: 9 });
    expect(
      items.map(({ learnerId, similar }) => [learnerId, similar?.map(({ what, why }) => [what, ...why])]),
    ).toEqual([
      [
        'u1',
        [
          ['activity', 'same-title'],
          ['training', 'same-days'],
        ],
      ],
      ['u3', []],
    ]);
  });

  test('T20: a decision stands where it cannot be told what else may be the same event', async () => {
    const office = await openOffice();
    await putTraining(office, { ...hq, id: 't1', fields: training() });
    const asked: number[] = [];
    const similar: typeof office.activities.similar = (event, learnerIds) => {
      asked.push(learnerIds.length);
      return asked.length < 3 ? office.activities.similar(event, learnerIds) : refusing();
    };
    const refusing = () => Promise.reject(new LedgerUnavailable('busy'));
    const items = Array.from({ length: 250 }, (_, nth) => ({ learnerId: `u${nth}` }));
    const many = { ...hq, id: 't1', decision: 'confirm', items, registering: true } as const;
    const away = { ...office, activities: { ...office.activities, similar } };
    expect(await decideEnrolments(away, many)).toEqual({ changed: 250, unchanged: 0, similar: [] });
    expect(asked).toEqual([100, 100, 50]);
  });

  test('T17: nobody changes the hours of a training that they are confirmed in, nor confirms what is not over', async () => {
    const office = await openOffice();
    await held(office, 't1', training(), ['u1']);
    const longer = { id: 't1', fields: training({ offline: 9 }) };
    expect(await refusal(putTraining(office, { actor: 'u1', organisationId: null, ...longer }))).toBe(
      'forbidden',
    );
    await deleteTraining(office, { ...hq, id: 't1' });
    expect(await refusal(putTraining(office, { actor: 'u1', organisationId: null, ...longer }))).toBe(
      'forbidden',
    );
    await putTraining(office, { ...hq, id: 't1', fields: training() });
    const ahead = training({ startsAt: '2026-03-05T00:00:00Z', endsAt: '2026-03-05T08:00:00Z' });
    expect(await refusal(putTraining(office, { ...hq, id: 't1', fields: ahead }))).toBe('training-not-over');
    await putTraining(office, { ...hq, id: 't2', fields: ahead });
    const items = [{ learnerId: 'u1' }];
    const early = { ...hq, id: 't2', decision: 'confirm', items, registering: true } as const;
    expect(await refusal(decideEnrolments(office, early))).toBe('training-not-over');
  });

  test('T17: an institute registers its own people, and those who have enrolled, for no more than the event', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'other', ['u2', 'u3']);
    const by = { actor: 'ann', organisationId: 'imr' };
    await putTraining(office, { ...by, id: 't1', fields: training() });
    await enrol(office, { id: 't1', learnerId: 'u2' });
    const register = (learnerId: string, offlineSeconds?: number) =>
      refusal(
        decideEnrolments(office, {
          ...by,
          id: 't1',
          decision: 'confirm',
          items: [{ learnerId, ...(offlineSeconds !== undefined && { offlineSeconds }) }],
          registering: true,
        }),
      );
    expect(await register('u3')).toBe('forbidden');
    expect(await register('u1', 100 * HOUR)).toBe('invalid-request');
    expect([await register('u1'), await register('u2')]).toEqual(['accepted', 'accepted']);
  });

  test('new hours hold for everybody who is confirmed with those of the training (R8)', async () => {
    const office = await openOffice();
    await held(office, 't1', training({ offline: 4 }), ['u1']);
    await putTraining(office, { ...hq, id: 't1', fields: training({ offline: 6 }) });
    expect((await learnerCredits(office, { learnerId: 'u1', ...any })).offline.creditedSeconds).toBe(
      6 * HOUR,
    );
    await deleteTraining(office, { ...hq, id: 't1' });
    expect(await refusal(getTraining(office, { id: 't1', viewer: null }))).toBe('training-not-found');
    expect((await learnerCredits(office, { learnerId: 'u1', ...any })).offline.creditedSeconds).toBe(
      6 * HOUR,
    );
  });

  test('watched time of courseware that a training names does not count beside its online part', async () => {
    const office = await openOffice();
    await office.put('film', 120);
    await office.watch('u1', 'film', '2026-01-05 08:00', 60);
    await held(office, 't1', training({ online: 2, offline: 0, coursewareIds: ['film'] }), ['u1']);
    const { online } = await learnerCredits(office, { learnerId: 'u1', ...any });
    expect(online).toMatchObject({ seconds: 3 * HOUR, creditedSeconds: 2 * HOUR });
  });

  test('are found by their kind, category, organiser, source, time, window and text, the newest first', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    const put = (id: string, organisationId: string | null, fields: ReturnType<typeof training>) =>
      putTraining(office, { actor: 'ann', organisationId, id, fields });
    await put(
      'old',
      'imr',
      training({
        title: '材料 100%',
        category: '系列讲座',
        startsAt: '2025-05-01T00:00:00Z',
        endsAt: '2025-05-02T00:00:00Z',
      }),
    );
    await put(
      'report',
      null,
      training({ kind: 'academic-report', organiser: '沈阳分院', endsAt: '2026-02-02T00:00:00Z' }),
    );
    await put('full', 'imr', training({ capacity: 1, enrolUntil: '2026-02-10T00:00:00Z' }));
    const found = async (search: object) => {
      const page = { organisationId: null, viewer: 'u1', limit: 10, ...search };
      return (await listTrainings(office, page)).items.map(({ trainingId }) => trainingId);
    };
    expect(await found({})).toEqual(['report', 'full', 'old']);
    expect(await found({ query: '100%' })).toEqual(['old']);
    expect(await found({ kind: 'academic-report' })).toEqual(['report']);
    expect(await found({ category: '系列讲座' })).toEqual(['old']);
    expect(await found({ organiser: '沈阳分院' })).toEqual(['report']);
    expect(await found({ source: 'own' })).toEqual(['full', 'old']);
    expect(await found({ source: 'other' })).toEqual(['report']);
    expect(await found({ from: '2026-01-01' })).toEqual(['report', 'full']);
    expect(await found({ to: '2025-12-31' })).toEqual(['old']);
    expect(await found({ open: true })).toEqual(['report', 'old']);
    expect(await found({ open: false })).toEqual(['full']);
    const first = await listTrainings(office, { organisationId: null, viewer: null, limit: 2 });
    const rest = await listTrainings(office, {
      organisationId: null,
      viewer: null,
      limit: 2,
      cursor: first.nextCursor,
    });
    expect([...first.items, ...rest.items].map(({ trainingId }) => trainingId)).toEqual([
      'report',
      'full',
      'old',
    ]);
  });

  test('are gone once they are withdrawn, and who took part in them is not', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    const by = { actor: 'ann', organisationId: 'imr' };
    await putTraining(office, { ...by, id: 't1', fields: training() });
    for (const learnerId of ['u1', 'u2']) await enrol(office, { id: 't1', learnerId });
    await deleteTraining(office, { ...by, id: 't1' });
    const enrolled = [{ learnerId: 'u1', state: 'enrolled' }, { learnerId: 'u2' }];
    for (const reader of [by, hq])
      expect((await listEnrolments(office, { ...reader, id: 't1', limit: 9 })).items).toMatchObject(enrolled);
    const elses = { actor: 'bob', organisationId: 'other', id: 't1', limit: 9 };
    expect(await refusal(listEnrolments(office, elses))).toBe('forbidden');
    expect(await refusal(listEnrolments(office, { ...hq, id: 'none', limit: 9 }))).toBe('training-not-found');
    const own = await enrolmentsOfLearner(office, { learnerId: 'u1', limit: 9 });
    expect(own.items).toMatchObject([{ trainingId: 't1', title: 'A training', state: 'enrolled' }]);
  });

  test('are edited by who has seen what other editors wrote, whoever has enrolled meanwhile', async () => {
    const office = await openOffice();
    const { etag } = await putTraining(office, { ...hq, id: 't1', fields: training() });
    await enrol(office, { id: 't1', learnerId: 'u1' });
    const seen = { ...hq, id: 't1', ifMatch: new Set([etag]) };
    expect(await refusal(putTraining(office, { ...seen, fields: training({ offline: 5 }) }))).toBe(
      'accepted',
    );
    expect(await refusal(putTraining(office, { ...seen, fields: training({ offline: 6 }) }))).toBe(
      'precondition-failed',
    );
  });

  test('are registered without overwriting one that is there; one that was withdrawn is not', async () => {
    const office = await openOffice();
    const register = () => putTraining(office, { ...hq, id: 't1', fields: training(), ifMatch: 'absent' });
    expect(await refusal(register())).toBe('accepted');
    expect(await refusal(register())).toBe('precondition-failed');
    await deleteTraining(office, { ...hq, id: 't1' });
    expect(await refusal(register())).toBe('accepted');
  });

  test('are rated by confirmed participants alone', async () => {
    const office = await openOffice();
    await held(office, 't1', training(), ['u1', 'u2']);
    await enrol(office, { id: 't1', learnerId: 'u3' });
    await rateTraining(office, { id: 't1', learnerId: 'u1', rating: 5 });
    await rateTraining(office, { id: 't1', learnerId: 'u2', rating: 2 });
    expect(await refusal(rateTraining(office, { id: 't1', learnerId: 'u3', rating: 1 }))).toBe(
      'not-confirmed',
    );
    expect(await refusal(rateTraining(office, { id: 't1', learnerId: 'u4', rating: 1 }))).toBe(
      'enrolment-not-found',
    );
    const { training: shown } = await getTraining(office, { id: 't1', viewer: 'u1' });
    expect(shown).toMatchObject({
      rating: { average: 3.5, count: 2 },
      enrolled: 3,
      confirmed: 2,
      myState: 'confirmed',
      myRating: 5,
    });
    const { items } = await enrolmentsOfLearner(office, { learnerId: 'u1', limit: 10 });
    expect(items).toMatchObject([
      { trainingId: 't1', state: 'confirmed', rating: 5, offlineSeconds: 4 * HOUR },
    ]);
  });

  test('come from a file all or none, every line at fault named', async () => {
    const office = await openOffice();
    const rows = ['a', 'b'].map((trainingId, index) => ({
      line: index + 2,
      row: { trainingId, fields: training({ title: trainingId }) },
    }));
    expect(await importTrainings(office, { ...hq, rows, dryRun: true })).toMatchObject({ created: 2 });
    expect(await refusal(getTraining(office, { id: 'a', viewer: null }))).toBe('training-not-found');
    expect(await importTrainings(office, { ...hq, rows, dryRun: false })).toMatchObject({ created: 2 });
    const elses = importTrainings(office, { actor: 'bob', organisationId: 'other', rows, dryRun: false });
    await expect(elses).rejects.toMatchObject({ members: { errors: [{ line: 2 }, { line: 3 }] } });
  });
});
