import { type Learner, type Organisation, Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf } from './client.fixture.ts';

const headquarters = { actor: 'back-office', organisationId: null };

const organisation: Organisation = {
  organisationId: 'imr',
  name: '金属研究所',
  createdAt: '2026-03-01T01:00:00Z',
  updatedAt: '2026-03-01T01:00:00Z',
};

const learner: Learner = {
  learnerId: 'u:1@imr',
  name: '王芳',
  organisationId: 'imr',
  active: true,
  rosteredAt: '2026-03-01T01:00:00Z',
};

describe('an institute', () => {
  it('is put, and put again only where nobody was faster', async () => {
    const putOrganisation = vi.fn(async () => ({ organisation, created: true, etag: '1' }));
    const { client } = clientOf({ office: { putOrganisation } });
    const put = await client.putOrganisation('imr', { name: '金属研究所', reason: 'founded' });
    expect(put).toEqual({ organisation, created: true, etag: '"1"' });
    await client.putOrganisation('imr', { name: 'IMR' }, { ifMatch: put.etag });
    expect(putOrganisation.mock.calls).toEqual([
      [{ ...headquarters, id: 'imr', name: '金属研究所', reason: 'founded' }],
      [{ ...headquarters, id: 'imr', name: 'IMR', ifMatch: new Set(['1']) }],
    ]);
  });

  it('is read, and listed over all pages', async () => {
    const getOrganisation = vi.fn(async () => ({ organisation, etag: '1' }));
    const listOrganisations = vi
      .fn()
      .mockResolvedValueOnce({ items: [organisation], nextCursor: 'two' })
      .mockResolvedValueOnce({ items: [{ ...organisation, organisationId: 'sari' }], nextCursor: null });
    const { client } = clientOf({ office: { getOrganisation, listOrganisations } });
    expect(await client.getOrganisation('imr')).toEqual({ organisation, etag: '"1"' });
    const listed = await all(client.listOrganisations());
    expect(listed.map(({ organisationId }) => organisationId)).toEqual(['imr', 'sari']);
    expect(listOrganisations.mock.calls).toEqual([[{ limit: 200 }], [{ limit: 200, cursor: 'two' }]]);
  });
});

describe('a learner', () => {
  it('is put on the roster and read', async () => {
    const putLearner = vi.fn(async () => ({ learner, created: false, etag: '3' }));
    const getLearner = vi.fn(async () => ({ learner, etag: '3' }));
    const { client } = clientOf({ office: { putLearner, getLearner } });
    const fields = { name: '王芳', organisationId: 'imr' };
    expect(await client.putLearner('u:1@imr', { ...fields, reason: 'moved' }, { ifMatch: '"2"' })).toEqual({
      learner,
      created: false,
      etag: '"3"',
    });
    expect(putLearner).toHaveBeenCalledWith({
      ...headquarters,
      id: 'u:1@imr',
      fields,
      reason: 'moved',
      ifMatch: new Set(['2']),
    });
    expect(await client.getLearner('u:1@imr')).toEqual({ learner, etag: '"3"' });
    expect(getLearner).toHaveBeenCalledWith({ id: 'u:1@imr', organisationId: null });
  });

  it('is found', async () => {
    const listLearners = vi.fn(async () => ({ items: [learner], nextCursor: null }));
    const { client } = clientOf({ office: { listLearners }, organisation: 'imr' });
    const search = { organisationId: 'imr', query: '王', active: false };
    const learnerId = ['u-17', 'u-18'];
    expect(await all(client.listLearners({ ...search, learnerId }))).toEqual([learner]);
    expect(listLearners).toHaveBeenCalledWith({
      ...search,
      learnerIds: learnerId,
      officeId: 'imr',
      limit: 200,
    });
  });

  it('is imported among many, and every bad line is told', async () => {
    const done = { dryRun: true, created: 1, updated: 0, unchanged: 0 };
    const importLearners = vi.fn(async () => done);
    const { client } = clientOf({ office: { importLearners } });
    const csv = 'learnerId,name,active\nu-17,王芳,false\n';
    expect(await client.importLearners(csv, { dryRun: true })).toEqual(done);
    const row = { learnerId: 'u-17', name: '王芳', organisationId: null, active: false };
    expect(importLearners).toHaveBeenCalledWith({ ...headquarters, dryRun: true, rows: [{ line: 2, row }] });
    await expect(client.importLearners(csv.replace('false', 'no'))).rejects.toMatchObject({
      problem: { errors: [{ line: 2, field: 'active' }] },
    });
  });

  it('who is not known is a refusal', async () => {
    const getLearner = async () => {
      throw new Problem('learner-not-found', 'Nobody knows a learner "u-0".');
    };
    const { client } = clientOf({ office: { getLearner } });
    await expect(client.getLearner('u-0')).rejects.toMatchObject({ status: 404, code: 'learner-not-found' });
  });
});
