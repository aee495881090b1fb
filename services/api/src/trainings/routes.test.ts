import { type PreviewLine, Problem, type Training } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { apiOver, bearer, problemOf, refusing } from '../api.fixture.ts';
import type { OfficeUseCases } from '../deps.ts';

const training = { trainingId: 't-1', enrolled: 3 } as Training;
const fields = {
  title: 'Safety',
  kind: 'training',
  form: '混合培训',
  category: '其他培训',
  organiser: '金属研究所',
  place: '沈阳',
  onlineSeconds: 0,
  offlineSeconds: 3600,
  startsAt: '2026-02-01T09:00:00+08:00',
  endsAt: '2026-02-01T17:00:00+08:00',
};
const reviewer = { scope: 'review', sub: 'ann', org: 'imr' };
const call = async (
  office: Partial<OfficeUseCases>,
  method: string,
  path: string,
  message: { body?: unknown; headers?: Record<string, string> } = {},
) =>
  apiOver({ office }).send(method, path, {
    ...message,
    headers: { ...(await bearer(reviewer)), ...message.headers },
  });

describe('a training', () => {
  it('has a weak entity tag, since participants are counted in it without a new version', async () => {
    const tagged = { training, etag: '3', created: false };
    const office = { getTraining: async () => tagged, putTraining: async () => tagged };
    const read = await call(office, 'GET', '/v1/trainings/t-1');
    const put = await call(office, 'PUT', '/v1/trainings/t-1', { body: fields });
    expect([read.headers.get('etag'), put.headers.get('etag')]).toEqual(['W/"3"', 'W/"3"']);
  });

  it.each([
    ['W/"3"', new Set(['3'])],
    ['"3"', new Set(['3'])],
    ['W/"2", "3"', new Set(['2', '3'])],
    ['*', 'any'],
  ])('is changed, previewed and withdrawn by who names it: If-Match %s', async (header, ifMatch) => {
    const putTraining = vi.fn(async () => ({ training, etag: '4', created: false }));
    const deleteTraining = vi.fn(async () => {});
    const previewTraining = vi.fn(nothing);
    const office = { putTraining, deleteTraining, previewTraining };
    const headers = { 'if-match': header };
    await call(office, 'PUT', '/v1/trainings/t-1', { body: fields, headers });
    await call(office, 'PUT', '/v1/trainings/t-1?preview=true', { body: fields, headers });
    await call(office, 'DELETE', '/v1/trainings/t-1', { headers });
    for (const command of [putTraining, previewTraining, deleteTraining])
      expect(command).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 't-1', ifMatch }));
  });
});

it('a training is registered and never overwrites with If-None-Match: *', async () => {
  const putTraining = vi.fn(async () => ({ training, etag: '1', created: true }));
  const headers = { 'if-none-match': '*' };
  await call({ putTraining }, 'PUT', '/v1/trainings/t-1', { body: fields, headers });
  expect(putTraining).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ ifMatch: 'absent' }));
});

describe('attendance', () => {
  const items = [{ learnerId: 'u-1' }];
  const csv = { body: 'learnerId\nu-1\n', headers: { 'content-type': 'text/csv' } };
  const decided = { changed: 1, unchanged: 0, similar: [] };
  const path = '/v1/trainings/t-1/attendance';

  it('is previewed as it is registered, from a list or a file', async () => {
    const decideEnrolments = vi.fn(async () => decided);
    const previewEnrolments = vi.fn(nothing);
    const office = { decideEnrolments, previewEnrolments };
    for (const message of [{ body: { items } }, csv]) {
      expect(await (await call(office, 'POST', path, message)).json()).toEqual(decided);
      const preview = await call(office, 'POST', `${path}?preview=true`, message);
      expect(await preview.json()).toMatchObject({ preview: true, similar: [], items: [] });
    }
    expect(previewEnrolments.mock.calls).toEqual(decideEnrolments.mock.calls);
  });

  it('T20: is previewed as a stream whose last line says what may be the same event', async () => {
    const headers = { accept: 'application/x-ndjson' };
    const preview = await call({ previewEnrolments: nothing }, 'POST', `${path}?preview=true`, {
      body: { items },
      headers,
    });
    expect(JSON.parse((await preview.text()).trim())).toMatchObject({ end: true, count: 0, similar: [] });
  });

  it.each([
    ['application/x-ndjson;q=0', 'application/json'],
    ['application/x-ndjson;q=0.1', 'application/x-ndjson'],
    ['application/json;q=0, */*', 'application/x-ndjson'],
  ])('is previewed for %s as %s', async (accept, type) => {
    const message = { body: { items }, headers: { accept } };
    const preview = await call({ previewEnrolments: nothing }, 'POST', `${path}?preview=true`, message);
    expect(preview.headers.get('content-type')).toBe(type);
  });

  it('that is refused is refused in its preview, also in one that would be streamed', async () => {
    async function* refused() {
      yield await refusing(new Problem('training-not-over', 'Not yet.'))();
    }
    const message = { body: { items }, headers: { accept: 'application/x-ndjson' } };
    const answer = await call({ previewEnrolments: refused }, 'POST', `${path}?preview=true`, message);
    expect((await problemOf(answer)).code).toBe('training-not-over');
  });
});

/** The preview of a change by which nobody gains or loses. */
async function* nothing(): AsyncGenerator<PreviewLine, void, void> {
  const sums = { learners: 0, gaining: 0, losing: 0, gainedSeconds: 0, lostSeconds: 0 };
  yield { end: true, count: 0, ...sums, similar: [] };
}
