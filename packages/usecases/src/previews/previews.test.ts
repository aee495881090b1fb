import type { PreviewLine, Problem } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { declareActivity, patchActivity, reviewActivity } from '../activities/index.ts';
import { verifyLedger } from '../audit/index.ts';
import { getCourseware, patchCourseware, putCourseware } from '../courseware/index.ts';
import { learnerCredits } from '../credits/index.ts';
import { openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, institute, training } from '../testing/office-work.ts';
import { decideEnrolments, enrol, getTraining, listEnrolments, putTraining } from '../trainings/index.ts';
import { closeYear } from '../years/index.ts';
import {
  previewEnrolments,
  previewLimits,
  previewOf,
  previewPatchCourseware,
  previewPutCourseware,
  previewReview,
  previewTraining,
} from './index.ts';

const any = { allowedCourseware: null } as const;

describe('a preview', () => {
  test('of a limit says who gains and who loses, and changes nothing', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    await office.watch('u1', 'film', '2026-01-05 08:00', 120);
    await office.watch('u2', 'film', '2026-01-05 08:00', 30);
    await office.watch('u3', 'film', '2025-01-05 08:00', 120);
    await closeYear(office, { ...hq, year: 2025 });
    const limit = (limitSeconds: number, named = true) =>
      previewPatchCourseware(office, { actor: 'ann', id: 'film', fields: { limitSeconds }, named });
    const lines = [];
    for await (const line of limit(90 * 60)) lines.push(line);
    expect(lines).toEqual([
      { learnerId: 'u1', year: 2026, fromSeconds: HOUR, toSeconds: 5_400, differenceSeconds: 1_800 },
      { progress: { done: 3, total: 3 } },
      { end: true, count: 1, learners: 3, gaining: 1, losing: 0, gainedSeconds: 1_800, lostSeconds: 0 },
    ]);
    expect(await previewOf(limit(0))).toMatchObject({
      preview: true,
      learners: 3,
      losing: 2,
      lostSeconds: HOUR + HOUR / 2,
      items: [
        { learnerId: 'u1', toSeconds: 0 },
        { learnerId: 'u2', toSeconds: 0 },
      ],
    });
    expect(await previewOf(limit(HOUR))).toMatchObject({ learners: 3, gaining: 0, losing: 0, items: [] });
    const unnamed = await previewOf(limit(0, false));
    expect(unnamed).toMatchObject({ losing: 2, items: [] });
    expect((await learnerCredits(office, { learnerId: 'u1', ...any })).online.creditedSeconds).toBe(HOUR);
  });

  test('of several limits tells what they do together: a full cap takes them once', async () => {
    const office = await openOffice();
    for (const id of ['film', 'slides']) await office.put(id, 0);
    await office.put('long', 48 * 60);
    for (const [id, day, minutes] of [
      ['long', '01', 23 * 60],
      ['long', '02', 23 * 60],
      ['long', '03', 2 * 60],
      ['film', '04', 120],
      ['slides', '05', 120],
    ] as const)
      await office.watch('u1', id, `2026-01-${day} 00:00`, minutes);
    await office.watch('u2', 'slides', '2026-01-05 08:00', 60);
    const items = ['film', 'slides'].map((coursewareId) => ({ coursewareId, limitSeconds: 2 * HOUR }));
    const together = await previewOf(previewLimits(office, { items, named: true }));
    expect(together).toMatchObject({ learners: 2, gaining: 2, gainedSeconds: 3 * HOUR });
    expect(together.items).toMatchObject([
      { learnerId: 'u1', fromSeconds: 48 * HOUR, toSeconds: 50 * HOUR },
      { learnerId: 'u2', differenceSeconds: HOUR },
    ]);
  });

  test('of an approval, of hours of a training, and of attendees, is what then happens', async () => {
    const office = await openOffice();
    const { activity } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared({ hours: 12 }),
      draft: false,
    });
    const review = { decision: 'approve' } as const;
    const ofReview = previewReview(office, { ...hq, id: activity.activityId, review });
    expect((await previewOf(ofReview)).items).toMatchObject([{ fromSeconds: 0, toSeconds: 10 * HOUR }]);

    await held(office, 't1', training({ offline: 4 }), ['u1', 'u2']);
    const longer = previewTraining(office, { ...hq, id: 't1', fields: training({ offline: 6 }) });
    expect(await previewOf(longer)).toMatchObject({ learners: 2, gaining: 2, gainedSeconds: 4 * HOUR });

    const items = [{ learnerId: 'u2' }, { learnerId: 'u3', offlineSeconds: HOUR }];
    const decision = { ...hq, id: 't1', items, registering: true } as const;
    const rejecting = previewEnrolments(office, { ...decision, decision: 'reject' });
    expect(await previewOf(rejecting)).toMatchObject({ losing: 1, lostSeconds: 4 * HOUR });
    const confirming = previewEnrolments(office, { ...decision, decision: 'confirm' });
    expect((await previewOf(confirming)).items).toMatchObject([{ learnerId: 'u3', toSeconds: HOUR }]);
    expect((await learnerCredits(office, { learnerId: 'u3', ...any })).total.seconds).toBe(0);
  });

  test('is refused where the command is, in the same words, and with the same If-Match', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    const ahead = { startsAt: '2026-03-05T00:00:00Z', endsAt: '2026-03-05T08:00:00Z' };
    await held(office, 't1', training(), ['u1', 'u2']);
    await putTraining(office, { ...hq, id: 'ahead', fields: training(ahead) });
    const declaring = { learnerId: 'u1', declared: declared(), draft: false };
    const activityId = async () => (await declareActivity(office, declaring)).activity.activityId;
    const [decidedOn, amended, open] = [await activityId(), await activityId(), await activityId()];
    const review = { decision: 'approve' } as const;
    await reviewActivity(office, { ...hq, id: decidedOn, review });
    office.setClock('2026-03-01 13:00');
    await patchActivity(office, { learnerId: 'u1', id: amended, patch: { title: 'Another' } });
    const stale = { ifMatch: new Set(['99']) };
    const bob = { actor: 'bob', organisationId: null };
    const confirm = { ...hq, id: 't1', decision: 'confirm', registering: false } as const;
    const fields = { title: 'Film', kind: 'video', limitSeconds: 60 } as const;

    const refused = async (preview: AsyncIterable<PreviewLine>, command: () => Promise<unknown>) => {
      const [previewed, done] = [await faultOf(previewOf(preview)), await faultOf(command())];
      expect(previewed).toEqual(done);
      return previewed.code;
    };
    const reviewing = (input: Parameters<typeof reviewActivity>[1]) =>
      refused(previewReview(office, input), () => reviewActivity(office, input));
    const keeping = (input: Parameters<typeof putTraining>[1]) =>
      refused(previewTraining(office, input), () => putTraining(office, input));
    const deciding = (input: Parameters<typeof decideEnrolments>[1]) =>
      refused(previewEnrolments(office, input), () => decideEnrolments(office, input));

    expect([
      await reviewing({ ...hq, id: open, review, ...stale }),
      await reviewing({ ...hq, id: amended, review }),
      await reviewing({ ...bob, id: decidedOn, review }),
      await reviewing({ ...hq, actor: 'u1', id: open, review }),
      await keeping({ ...hq, id: 't1', fields: training(), ...stale }),
      await keeping({ ...hq, id: 't1', fields: training(ahead) }),
      await keeping({ ...hq, actor: 'u1', id: 't1', fields: training({ offline: 5 }) }),
      await deciding({ ...confirm, id: 'ahead', items: [{ learnerId: 'u1' }], registering: true }),
      await deciding({ ...confirm, items: [{ learnerId: 'u3' }] }),
      await deciding({ ...confirm, items: [{ learnerId: 'u1', offlineSeconds: 300 * HOUR }] }),
      await deciding({ ...confirm, ...bob, items: [{ learnerId: 'u1' }] }),
      await deciding({ ...confirm, actor: 'u2', items: [{ learnerId: 'u2' }] }),
    ]).toEqual([
      'precondition-failed',
      'precondition-required',
      'already-decided',
      'forbidden',
      'precondition-failed',
      'training-not-over',
      'forbidden',
      'training-not-over',
      'invalid-request',
      'invalid-request',
      'already-decided',
      'forbidden',
    ]);
    const limiting = { actor: 'ann', id: 'film', fields, ...stale };
    expect([
      await refused(previewPutCourseware(office, { ...limiting, named: true }), () =>
        putCourseware(office, limiting),
      ),
      await refused(previewPatchCourseware(office, { ...limiting, id: 'none', named: true }), () =>
        patchCourseware(office, { ...limiting, id: 'none' }),
      ),
    ]).toEqual(['precondition-failed', 'courseware-not-found']);
  });

  test('leaves nothing behind: neither rows, versions nor entries of the audit trail', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    await held(office, 't1', training(), ['u1']);
    const before = await verifyLedger(office);
    const { etag } = await getTraining(office, { id: 't1', viewer: null });
    const items = [{ learnerId: 'u1', offlineSeconds: HOUR }, { learnerId: 'u2' }];
    const registering = { ...hq, id: 't1', decision: 'confirm', items, registering: true } as const;
    const fields = training({ offline: 8 });
    await previewOf(previewEnrolments(office, registering));
    await previewOf(previewTraining(office, { ...hq, id: 't1', fields }));
    await previewOf(previewTraining(office, { ...hq, id: 'new', fields }));
    await previewOf(
      previewPatchCourseware(office, { actor: 'ann', id: 'film', fields: { title: 'New' }, named: true }),
    );
    expect(await verifyLedger(office)).toEqual(before);
    expect((await getTraining(office, { id: 't1', viewer: null })).etag).toBe(etag);
    expect((await listEnrolments(office, { ...hq, id: 't1', limit: 9 })).items).toHaveLength(1);
    expect((await getCourseware(office, { id: 'film' })).courseware.title).toBe('Title of film');
  });

  test('T17: names to a reviewer of an institute its own learners alone; the others are in the sums', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'other', ['u2']);
    const by = { actor: 'ann', organisationId: 'imr' };
    await putTraining(office, { ...by, id: 't1', fields: training({ offline: 4 }) });
    for (const learnerId of ['u1', 'u2']) await enrol(office, { id: 't1', learnerId });
    const items = [{ learnerId: 'u1' }, { learnerId: 'u2' }];
    const decision = { ...by, id: 't1', decision: 'confirm', items, registering: false } as const;
    const told = { learners: 2, gaining: 2, gainedSeconds: 8 * HOUR, items: [{ learnerId: 'u1' }] };
    expect(await previewOf(previewEnrolments(office, decision))).toMatchObject(told);
    await decideEnrolments(office, decision);
    const longer = { id: 't1', fields: training({ offline: 6 }) };
    expect(await previewOf(previewTraining(office, { ...by, ...longer }))).toMatchObject({
      ...told,
      gainedSeconds: 4 * HOUR,
    });
    expect((await previewOf(previewTraining(office, { ...hq, ...longer }))).items).toHaveLength(2);
  });

  test('T20: of attendees says who has something else that may be the same event, as the decision does', async () => {
    const office = await openOffice();
    await approved(office, 'u1', declared({ title: 'a training', category: 'offline' }));
    await putTraining(office, { ...hq, id: 't1', fields: training() });
    const items = [{ learnerId: 'u1' }, { learnerId: 'u2' }];
    const registering = { ...hq, id: 't1', decision: 'confirm', items, registering: true } as const;
    const similar = [
      { learnerId: 'u1', similar: [expect.objectContaining({ what: 'activity', why: ['same-title'] })] },
    ];
    expect((await previewOf(previewEnrolments(office, registering))).similar).toEqual(similar);
    expect(await decideEnrolments(office, registering)).toEqual({ changed: 2, unchanged: 0, similar });
    const { items: listed } = await listEnrolments(office, { ...hq, id: 't1', limit: 9 });
    expect(listed.map(({ similar }) => similar)).toEqual([similar[0]?.similar, []]);
  });
});

/** How it is refused. */
const faultOf = (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it was accepted'),
    (error) => error,
  );
