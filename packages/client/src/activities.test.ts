import { type Activity, type DeclareActivity, Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf, own, preview, previewed } from './client.fixture.ts';

const activityId = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11';
const declared: DeclareActivity = {
  category: 'self-study',
  title: 'A textbook',
  from: '2026-03-01',
  to: '2026-03-02',
  seconds: 7200,
};
const activity: Activity = {
  ...declared,
  activityId,
  learnerId: 'u-17',
  kind: null,
  provider: null,
  place: null,
  country: null,
  note: null,
  evidence: [],
  state: 'submitted',
  grantedSeconds: null,
  comment: null,
  decidedBy: null,
  decidedAt: null,
  submittedAt: '2026-03-03T01:00:00Z',
  createdAt: '2026-03-03T01:00:00Z',
  updatedAt: '2026-03-03T01:00:00Z',
};
const tagged = { activity, etag: '"4"' };
const ofUseCase = async () => ({ activity, etag: '4' });

describe('an activity of one’s own', () => {
  it('is declared once, however often it is sent', async () => {
    const declareActivity = vi.fn(ofUseCase);
    const { client } = clientOf({ office: { declareActivity }, ...own });
    expect(await client.declareActivity(declared, { idempotencyKey: 'form-1' })).toEqual(tagged);
    await client.declareActivity(declared, { draft: true });
    expect(declareActivity.mock.calls).toEqual([
      [{ learnerId: 'u-17', declared, draft: false, idempotencyKey: 'form-1' }],
      [{ learnerId: 'u-17', declared, draft: true }],
    ]);
  });

  it('is corrected, submitted and withdrawn', async () => {
    const patchActivity = vi.fn(ofUseCase);
    const submitActivity = vi.fn(ofUseCase);
    const withdrawActivity = vi.fn(async () => undefined);
    const { client } = clientOf({ office: { patchActivity, submitActivity, withdrawActivity }, ...own });
    expect(await client.patchActivity(activityId, { note: null }, { ifMatch: '"3"' })).toEqual(tagged);
    expect(await client.submitActivity(activityId, { ifMatch: '"3"' })).toEqual(tagged);
    expect(await client.withdrawActivity(activityId)).toBeUndefined();
    const seen = { learnerId: 'u-17', id: activityId, ifMatch: new Set(['3']) };
    expect(patchActivity).toHaveBeenCalledWith({ ...seen, patch: { note: null } });
    expect(submitActivity).toHaveBeenCalledWith(seen);
    expect(withdrawActivity).toHaveBeenCalledWith({ learnerId: 'u-17', id: activityId });
  });

  it('that makes no sense is refused with every fault', async () => {
    const { client } = clientOf(own);
    await expect(client.declareActivity({ ...declared, to: '2026-02-01' })).rejects.toMatchObject({
      code: 'invalid-request',
      problem: { errors: [{ path: '/to' }] },
    });
  });
});

describe('activities', () => {
  it('are read and listed over all pages', async () => {
    const similar = { ...activity, similar: [] };
    const getActivity = vi.fn(async () => ({ activity: similar, etag: '4' }));
    const listActivities = vi
      .fn()
      .mockResolvedValueOnce({ items: [activity], nextCursor: 'two' })
      .mockResolvedValueOnce({ items: [activity], nextCursor: null });
    const { client } = clientOf({ office: { getActivity, listActivities }, organisation: 'imr' });
    const reader = { as: 'reviewer', organisationId: 'imr', self: 'back-office' };
    expect(await client.getActivity(activityId)).toEqual({ activity: similar, etag: 'W/"4"' });
    expect(getActivity).toHaveBeenCalledWith({ id: activityId, reader });
    const search = {
      state: 'approved',
      learnerId: 'u-17',
      category: 'offline',
      organisationId: 'imr',
      query: '物理',
      decidedBy: 'r-1',
      order: 'decided',
    } as const;
    expect(await all(client.listActivities(search))).toEqual([activity, activity]);
    expect(listActivities.mock.calls).toEqual([
      [{ ...search, reader, limit: 200 }],
      [{ ...search, reader, limit: 200, cursor: 'two' }],
    ]);
  });

  it('are reviewed, after a look at what that would change', async () => {
    const reviewActivity = vi.fn(ofUseCase);
    const previewReview = vi.fn(() => previewed());
    const { client } = clientOf({ office: { reviewActivity, previewReview }, organisation: 'imr' });
    const review = { decision: 'approve', grantedSeconds: 3600 } as const;
    expect(await client.previewReview(activityId, review, { ifMatch: '"3"' })).toEqual(preview);
    expect(previewReview).toHaveBeenCalledWith({
      actor: 'back-office',
      organisationId: 'imr',
      id: activityId,
      review,
      ifMatch: new Set(['3']),
    });
    expect(reviewActivity).not.toHaveBeenCalled();
    expect(await client.reviewActivity(activityId, review, { ifMatch: '"3"' })).toEqual(tagged);
    expect(reviewActivity).toHaveBeenCalledWith({
      actor: 'back-office',
      organisationId: 'imr',
      id: activityId,
      review,
      ifMatch: new Set(['3']),
    });
  });

  it('that somebody else has decided are a refusal', async () => {
    const reviewActivity = async () => {
      throw new Problem('already-decided', 'Another reviewer has decided.');
    };
    const { client } = clientOf({ office: { reviewActivity } });
    await expect(client.reviewActivity(activityId, { decision: 'approve' })).rejects.toMatchObject({
      status: 409,
      code: 'already-decided',
    });
  });

  it('of former years are imported', async () => {
    const done = { dryRun: false, created: 1, updated: 0, unchanged: 0 };
    const importHistory = vi.fn(async () => done);
    const { client } = clientOf({ office: { importHistory } });
    const csv =
      'reference,learnerId,category,title,from,to,hours\nhr-1,u-17,offline,Course,2025-05-01,2025-05-02,1h30m\n';
    expect(await client.importHistory(csv)).toEqual(done);
    expect(importHistory).toHaveBeenCalledWith({
      actor: 'back-office',
      organisationId: null,
      dryRun: false,
      rows: [
        {
          line: 2,
          row: {
            reference: 'hr-1',
            learnerId: 'u-17',
            category: 'offline',
            kind: null,
            title: 'Course',
            from: '2025-05-01',
            to: '2025-05-02',
            seconds: 5400,
          },
        },
      ],
    });
  });
});
