import { Problem } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { pageOfCredits } from '../credits/index.ts';
import { openOffice } from '../testing/office.ts';
import { hq, institute } from '../testing/office-work.ts';
import {
  getLearner,
  getOrganisation,
  importLearners,
  listLearners,
  listOrganisations,
  putLearner,
  putOrganisation,
} from './index.ts';

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error) => (error instanceof Problem ? error.code : error),
  );

describe('the roster', () => {
  test('shows those with zero hours to whoever asks for credits, by institute', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u2', 'u1']);
    await office.put('film', 60);
    await office.watch('seen', 'film', '2026-01-05 08:00', 10);
    const ids = async (search: object) =>
      (await pageOfCredits(office, { limit: 10, ...search })).items.map(({ learnerId }) => learnerId);
    expect(await ids({})).toEqual(['seen', 'u1', 'u2']);
    expect(await ids({ organisationId: 'imr' })).toEqual(['u1', 'u2']);
    expect(await ids({ organisationId: 'imr', learnerIds: ['u1', 'seen'] })).toEqual(['u1']);
    const fields = { name: 'Left', organisationId: 'imr', active: false };
    await putLearner(office, { ...hq, id: 'u1', fields });
    expect(await ids({ below: 'goal' })).toEqual(['seen', 'u2']);
    expect(await ids({})).toEqual(['seen', 'u1', 'u2']);
  });

  test('keeps to versions, names its institutes, and finds by name', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    const { learner, etag } = await getLearner(office, { id: 'u1', organisationId: null });
    expect(learner).toMatchObject({ name: 'Name of u1', organisationId: 'imr', active: true });
    const put = (name: string, more: object = {}) =>
      putLearner(office, { ...hq, id: 'u1', fields: { name, organisationId: 'imr' }, ...more });
    expect((await put('李雷')).created).toBe(false);
    expect(await refusal(put('Lei', { ifMatch: new Set([etag]) }))).toBe('precondition-failed');
    expect(
      await refusal(putLearner(office, { ...hq, id: 'u9', fields: { name: 'X', organisationId: 'none' } })),
    ).toBe('invalid-request');
    expect((await listLearners(office, { officeId: null, query: '李', limit: 9 })).items).toHaveLength(1);
    const learnerIds = ['u1', 'u9'];
    expect((await listLearners(office, { officeId: null, learnerIds, limit: 9 })).items).toHaveLength(1);
    expect((await listLearners(office, { officeId: 'other', learnerIds, limit: 9 })).items).toEqual([]);
    expect((await putOrganisation(office, { ...hq, id: 'imr', name: '金属研究所' })).created).toBe(false);
    expect((await getOrganisation(office, { id: 'imr', organisationId: null })).organisation.name).toBe(
      '金属研究所',
    );
    expect((await listOrganisations(office, { limit: 9 })).items).toHaveLength(1);
  });

  test('T17: an officer keeps the roster of their own institute alone', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'other', ['u2']);
    const by = { actor: 'ann', organisationId: 'imr' };
    const put = (id: string, organisationId: string | null) =>
      refusal(putLearner(office, { ...by, id, fields: { name: 'X', organisationId } }));
    expect(await put('u3', 'imr')).toBe('accepted');
    expect(await put('u3', 'other')).toBe('forbidden');
    expect(await put('u2', 'imr')).toBe('forbidden');
    expect(await refusal(getLearner(office, { id: 'u2', organisationId: 'imr' }))).toBe('learner-not-found');
    expect(await refusal(putOrganisation(office, { ...by, id: 'mine', name: 'Mine' }))).toBe('forbidden');
    const ids = (await listLearners(office, { officeId: 'imr', limit: 9 })).items.map(
      ({ learnerId }) => learnerId,
    );
    expect(ids).toEqual(['u1', 'u3']);
  });

  test('comes from a file all or none, every line at fault named', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    const row = (learnerId: string, organisationId: string | null) => ({
      learnerId,
      name: learnerId,
      organisationId,
      active: true,
    });
    const bring = (
      rows: ReturnType<typeof row>[],
      dryRun = false,
      by: { actor: string; organisationId: string | null } = hq,
    ) =>
      importLearners(office, { ...by, rows: rows.map((each, at) => ({ line: at + 2, row: each })), dryRun });
    await expect(bring([row('a', 'imr'), row('b', 'none'), row('c', 'gone')])).rejects.toMatchObject({
      members: {
        errors: [
          { path: '/3/organisationId', line: 3 },
          { path: '/4/organisationId', line: 4 },
        ],
      },
    });
    expect(await refusal(getLearner(office, { id: 'a', organisationId: null }))).toBe('learner-not-found');
    expect(await bring([row('a', 'imr'), row('u1', 'imr')], true)).toMatchObject({ created: 1, updated: 1 });
    expect(await bring([row('a', 'imr'), row('u1', 'imr')])).toMatchObject({ created: 1, updated: 1 });
    expect(await bring([row('a', 'imr'), row('u1', 'imr')])).toMatchObject({ unchanged: 2 });
    expect(await refusal(bring([row('z', null)], false, { actor: 'ann', organisationId: 'imr' }))).toBe(
      'invalid-request',
    );
  });
});
