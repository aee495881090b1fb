import { Problem, type Training, type TrainingFields } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf, own, preview, previewed } from './client.fixture.ts';

const organiser = { actor: 'back-office', organisationId: 'imr' };

const fields: TrainingFields = {
  title: 'Laser safety',
  kind: 'training',
  form: '集中培训',
  category: '安全',
  organiser: '金属研究所',
  place: 'Hall 1',
  onlineSeconds: 0,
  offlineSeconds: 5400,
  startsAt: '2026-03-01T09:00:00+08:00',
  endsAt: '2026-03-01T10:30:00+08:00',
};
const training: Training = {
  ...fields,
  trainingId: 't:1@imr',
  organisationId: 'imr',
  type: null,
  method: null,
  classification: null,
  contact: null,
  goal: null,
  content: null,
  capacity: null,
  totalSeconds: 5400,
  enrolFrom: null,
  enrolUntil: null,
  coursewareIds: [],
  open: true,
  enrolled: 0,
  confirmed: 0,
  rating: { average: null, count: 0 },
  myState: null,
  myRating: null,
  createdAt: '2026-02-01T01:00:00Z',
  updatedAt: '2026-02-01T01:00:00Z',
};

describe('a training', () => {
  it('is registered, after a look at what its hours would change', async () => {
    const putTraining = vi.fn(async () => ({ training, created: true, etag: '1' }));
    const previewTraining = vi.fn(() => previewed());
    const { client } = clientOf({ office: { putTraining, previewTraining }, organisation: 'imr' });
    expect(await client.previewTraining('t:1@imr', fields)).toEqual(preview);
    expect(previewTraining).toHaveBeenCalledWith({
      actor: 'back-office',
      organisationId: 'imr',
      id: 't:1@imr',
      fields,
    });
    expect(putTraining).not.toHaveBeenCalled();
    const put = await client.putTraining('t:1@imr', { ...fields, reason: 'new' }, { ifMatch: '"0"' });
    expect(put).toEqual({ training, created: true, etag: 'W/"1"' });
    const ifMatch = new Set(['0']);
    expect(putTraining).toHaveBeenCalledWith({ ...organiser, id: 't:1@imr', fields, reason: 'new', ifMatch });
    await client.putTraining('t:1@imr', fields, { ifAbsent: true });
    expect(putTraining).toHaveBeenLastCalledWith({ ...organiser, id: 't:1@imr', fields, ifMatch: 'absent' });
  });

  it('is read and withdrawn', async () => {
    const getTraining = vi.fn(async () => ({ training, etag: '1' }));
    const deleteTraining = vi.fn(async () => undefined);
    const { client } = clientOf({ office: { getTraining, deleteTraining }, organisation: 'imr' });
    expect(await client.getTraining('t:1@imr')).toEqual({ training, etag: 'W/"1"' });
    expect(getTraining).toHaveBeenCalledWith({ id: 't:1@imr', viewer: 'back-office' });
    expect(await client.deleteTraining('t:1@imr', { ifMatch: '"1"' })).toBeUndefined();
    expect(deleteTraining).toHaveBeenCalledWith({ ...organiser, id: 't:1@imr', ifMatch: new Set(['1']) });
  });

  it('is found over all pages', async () => {
    const listTrainings = vi
      .fn()
      .mockResolvedValueOnce({ items: [training], nextCursor: 'two' })
      .mockResolvedValueOnce({ items: [], nextCursor: null });
    const { client } = clientOf({ office: { listTrainings }, ...own, organisation: 'imr' });
    const search = {
      query: 'laser',
      kind: 'training',
      organiser: '金属研究所',
      source: 'other',
      from: '2026-01-01',
      to: '2026-12-31',
      open: true,
    } as const;
    expect(await all(client.listTrainings(search))).toEqual([training]);
    const asked = { ...search, viewer: 'u-17', organisationId: 'imr', limit: 200 };
    expect(listTrainings.mock.calls).toEqual([[asked], [{ ...asked, cursor: 'two' }]]);
  });

  it('is imported among many, and every bad line is told', async () => {
    const done = { dryRun: true, created: 1, updated: 0, unchanged: 0 };
    const importTrainings = vi.fn(async () => done);
    const { client } = clientOf({ office: { importTrainings }, organisation: 'imr' });
    const csv = [
      'trainingId,title,kind,form,category,organiser,place,startsAt,endsAt,onlineHours,offlineHours',
      't-1,Laser,training,a,b,c,d,2026-03-01T09:00:00+08:00,2026-03-01T10:30:00+08:00,0,1h30m',
    ].join('\n');
    expect(await client.importTrainings(csv, { dryRun: true })).toEqual(done);
    expect(importTrainings).toHaveBeenCalledWith({
      ...organiser,
      dryRun: true,
      rows: [
        {
          line: 2,
          row: {
            trainingId: 't-1',
            fields: expect.objectContaining({ title: 'Laser', offlineSeconds: 5400 }),
          },
        },
      ],
    });
    await expect(client.importTrainings(csv.replace('1h30m', 'long'))).rejects.toMatchObject({
      problem: { errors: [{ line: 2, field: 'offlineHours' }] },
    });
  });

  it('is rated by who took part, and by nobody else', async () => {
    const rateTraining = vi
      .fn()
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(new Problem('not-confirmed', 'You have not taken part.'));
    const { client } = clientOf({ office: { rateTraining }, ...own });
    expect(await client.rateTraining('t-1', 5)).toBeUndefined();
    expect(rateTraining).toHaveBeenCalledWith({ learnerId: 'u-17', id: 't-1', rating: 5 });
    await expect(client.rateTraining('t-1', 1)).rejects.toMatchObject({ code: 'not-confirmed' });
  });
});
