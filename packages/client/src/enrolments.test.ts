import { type Enrolment, Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf, own, preview, previewed } from './client.fixture.ts';

const reviewer = { actor: 'back-office', organisationId: 'imr' };

const enrolment: Enrolment = {
  trainingId: 't-1',
  learnerId: 'u-17',
  title: 'Laser safety',
  startsAt: '2026-03-01T01:00:00Z',
  endsAt: '2026-03-01T02:30:00Z',
  state: 'enrolled',
  onlineSeconds: 0,
  offlineSeconds: 5400,
  comment: null,
  decidedBy: null,
  decidedAt: null,
  rating: null,
  enrolledAt: '2026-02-01T01:00:00Z',
};

describe('an enrolment of one’s own', () => {
  it('is made and taken back', async () => {
    const enrol = vi.fn(async () => ({ enrolment, created: true }));
    const cancelEnrolment = vi.fn(async () => undefined);
    const { client } = clientOf({ office: { enrol, cancelEnrolment }, ...own });
    expect(await client.enrol('t-1')).toEqual({ enrolment, created: true });
    expect(await client.cancelEnrolment('t-1')).toBeUndefined();
    const asked = { learnerId: 'u-17', id: 't-1' };
    expect([enrol.mock.lastCall, cancelEnrolment.mock.lastCall]).toEqual([[asked], [asked]]);
  });

  it('is refused where there is no place', async () => {
    const enrol = async () => {
      throw new Problem('training-full', 'All 20 places are taken.');
    };
    const { client } = clientOf({ office: { enrol }, ...own });
    await expect(client.enrol('t-1')).rejects.toMatchObject({ status: 409, code: 'training-full' });
  });
});

describe('enrolments', () => {
  const pages = () =>
    vi
      .fn()
      .mockResolvedValueOnce({ items: [enrolment], nextCursor: 'two' })
      .mockResolvedValueOnce({ items: [enrolment], nextCursor: null });

  it('of a training are listed over all pages', async () => {
    const listEnrolments = pages();
    const { client } = clientOf({ office: { listEnrolments }, organisation: 'imr' });
    expect(await all(client.listEnrolments('t:1@imr', { state: 'enrolled' }))).toHaveLength(2);
    const asked = { ...reviewer, id: 't:1@imr', state: 'enrolled', limit: 200 };
    expect(listEnrolments.mock.calls).toEqual([[asked], [{ ...asked, cursor: 'two' }]]);
  });

  it('of a learner are listed over all pages', async () => {
    const enrolmentsOfLearner = pages();
    const { client } = clientOf({ office: { enrolmentsOfLearner } });
    expect(await all(client.enrolmentsOfLearner('u-17'))).toHaveLength(2);
    expect(enrolmentsOfLearner.mock.calls).toEqual([
      [{ learnerId: 'u-17', limit: 200 }],
      [{ learnerId: 'u-17', limit: 200, cursor: 'two' }],
    ]);
  });

  it('are one’s own where no learner is named', async () => {
    const enrolmentsOfLearner = vi.fn(async () => ({ items: [], nextCursor: null }));
    const { client } = clientOf({ office: { enrolmentsOfLearner }, ...own });
    expect(await all(client.enrolmentsOfLearner())).toEqual([]);
    expect(enrolmentsOfLearner).toHaveBeenCalledWith({ learnerId: 'u-17', limit: 200 });
  });

  it('are decided, after a look at what that would change', async () => {
    const decideEnrolments = vi.fn(async () => ({ changed: 1, unchanged: 0, similar: [] }));
    const previewEnrolments = vi.fn(() => previewed());
    const { client } = clientOf({ office: { decideEnrolments, previewEnrolments }, organisation: 'imr' });
    const items = [{ learnerId: 'u-17', offlineSeconds: 3600 }];
    const review = { decision: 'confirm', items, correct: true } as const;
    expect(await client.previewEnrolments('t-1', { ...review, items })).toEqual(preview);
    const decided = { ...reviewer, id: 't-1', ...review, registering: false };
    expect(previewEnrolments).toHaveBeenCalledWith(decided);
    expect(decideEnrolments).not.toHaveBeenCalled();
    expect(await client.reviewEnrolments('t-1', { ...review, items })).toMatchObject({ changed: 1 });
    expect(decideEnrolments).toHaveBeenCalledWith(decided);
  });

  it('are registered as items or as CSV', async () => {
    const decideEnrolments = vi.fn(async () => ({ changed: 1, unchanged: 0, similar: [] }));
    const previewEnrolments = vi.fn(() => previewed());
    const { client } = clientOf({ office: { decideEnrolments, previewEnrolments }, organisation: 'imr' });
    const items = [{ learnerId: 'u-17' }];
    const csv = 'learnerId,onlineHours,offlineHours\nu-17,,1h30m\n';
    expect(await client.previewAttendance('t-1', { items })).toEqual(preview);
    expect(await client.previewAttendance('t-1', csv)).toEqual(preview);
    expect(decideEnrolments).not.toHaveBeenCalled();
    expect(await client.registerAttendance('t-1', { items, comment: 'List A' })).toMatchObject({
      changed: 1,
    });
    expect(await client.registerAttendance('t-1', csv)).toMatchObject({ changed: 1 });
    const terms = { ...reviewer, id: 't-1', decision: 'confirm', registering: true };
    const ofFile = { learnerId: 'u-17', onlineSeconds: null, offlineSeconds: 5400 };
    expect(previewEnrolments.mock.calls).toEqual([
      [{ ...terms, items }],
      [{ ...terms, items: [ofFile], lines: [2] }],
    ]);
    expect(decideEnrolments.mock.calls).toEqual([
      [{ ...terms, items, comment: 'List A' }],
      [{ ...terms, items: [ofFile], lines: [2] }],
    ]);
    await expect(client.registerAttendance('t-1', csv.replace('1h30m', 'long'))).rejects.toMatchObject({
      problem: { errors: [{ line: 2, field: 'offlineHours' }] },
    });
  });
});
