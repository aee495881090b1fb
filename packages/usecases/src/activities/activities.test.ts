import { Problem } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { learnerCredits } from '../credits/index.ts';
import { openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, institute, training } from '../testing/office-work.ts';
import {
  declareActivity,
  describeEvidence,
  getActivity,
  importHistory,
  listActivities,
  patchActivity,
  readEvidence,
  reviewActivity,
  submitActivity,
  uploadEvidence,
  withdrawActivity,
} from './index.ts';

const any = { allowedCourseware: null } as const;
const codeOf = (error: unknown) => (error instanceof Problem ? error.code : error);
const refusal = (work: Promise<unknown>) => work.then(() => 'accepted', codeOf);
const reviewer = { as: 'reviewer', organisationId: null } as const;

describe('declared study (R10)', () => {
  test('E20: 8 h declared and 6 h approved are 6 h', async () => {
    const office = await openOffice();
    await approved(office, 'u1', declared({ category: 'offline', hours: 8 }), 6 * HOUR);
    const { offline, total } = await learnerCredits(office, { learnerId: 'u1', ...any });
    expect(offline).toMatchObject({ externalSeconds: 6 * HOUR, creditedSeconds: 6 * HOUR });
    expect(total.seconds).toBe(6 * HOUR);
  });

  test('E5: 45 h watched and 8 h of external network learning are 50 h credited of 53 h', async () => {
    const office = await openOffice();
    for (const day of [1, 2, 3, 4, 5]) {
      await office.put(`film${day}`, 9 * 60);
      await office.watch('u1', `film${day}`, `2026-01-0${day} 08:00`, 9 * 60);
    }
    await approved(office, 'u1', declared({ category: 'online', hours: 8 }));
    const { online } = await learnerCredits(office, { learnerId: 'u1', ...any });
    expect(online).toMatchObject({
      watchedSeconds: 45 * HOUR,
      declaredSeconds: 8 * HOUR,
      seconds: 53 * HOUR,
      creditedSeconds: 50 * HOUR,
    });
  });

  test('counts only once it is approved, and no more once that is corrected', async () => {
    const office = await openOffice();
    const credited = async () =>
      (await learnerCredits(office, { learnerId: 'u1', ...any })).selfStudy.creditedSeconds;
    const { activity } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared(),
      draft: true,
    });
    const id = activity.activityId;
    expect([activity.state, await credited()]).toEqual(['draft', 0]);
    expect((await submitActivity(office, { learnerId: 'u1', id })).activity.state).toBe('submitted');
    expect(await credited()).toBe(0);
    await reviewActivity(office, { ...hq, id, review: { decision: 'approve' } });
    expect(await credited()).toBe(HOUR);
    await reviewActivity(office, { ...hq, id, review: { decision: 'reject', comment: 'no book' } });
    expect(await credited()).toBe(0);
    const trail = await office.audit.entries({
      kind: 'activity',
      id,
      learnerId: null,
      actor: null,
      after: null,
      limit: 10,
    });
    expect(trail.map(({ actor, action, reason, learnerId }) => [actor, action, reason, learnerId])).toEqual([
      ['reviewer', 'approved', null, 'u1'],
      ['reviewer', 'corrected', 'no book', 'u1'],
    ]);
    expect(trail[1]?.changes).toContainEqual({ field: 'grantedMs', from: HOUR * 1_000, to: null });
  });

  test('is corrected and withdrawn by its learner until it was reviewed', async () => {
    const office = await openOffice();
    const { activity, etag } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared(),
      draft: false,
    });
    const own = { learnerId: 'u1', id: activity.activityId };
    const patched = await patchActivity(office, { ...own, patch: { title: 'Another', place: 'Home' } });
    expect(patched.activity).toMatchObject({
      title: 'Another',
      place: 'Home',
      seconds: HOUR,
      state: 'submitted',
    });
    const stale = { ...own, ifMatch: new Set([etag]), patch: { title: 'Stale' } };
    expect(await refusal(patchActivity(office, stale))).toBe('precondition-failed');
    expect(await refusal(patchActivity(office, { ...own, patch: { to: '2026-01-01' } }))).toBe(
      'invalid-request',
    );
    expect(await refusal(patchActivity(office, { ...own, learnerId: 'u2', patch: { title: 'x' } }))).toBe(
      'activity-not-found',
    );
    await reviewActivity(office, { ...hq, id: own.id, review: { decision: 'approve' } });
    expect(await refusal(patchActivity(office, { ...own, patch: { seconds: 2 * HOUR } }))).toBe(
      'already-reviewed',
    );
    expect(await refusal(withdrawActivity(office, own))).toBe('already-reviewed');
    const second = await declareActivity(office, { learnerId: 'u1', declared: declared(), draft: false });
    const other = { learnerId: 'u1', id: second.activity.activityId };
    await withdrawActivity(office, other);
    await withdrawActivity(office, other);
    const review = { decision: 'approve' } as const;
    expect(await refusal(reviewActivity(office, { ...hq, id: other.id, review }))).toBe('not-reviewable');
  });

  test('cannot lie in the future, but as a draft', async () => {
    const office = await openOffice();
    const future = declared({ from: '2026-03-01', to: '2026-03-02' });
    expect(await refusal(declareActivity(office, { learnerId: 'u1', declared: future, draft: false }))).toBe(
      'invalid-request',
    );
    const { activity } = await declareActivity(office, { learnerId: 'u1', declared: future, draft: true });
    const own = { learnerId: 'u1', id: activity.activityId };
    expect(await refusal(submitActivity(office, own))).toBe('invalid-request');
    office.setClock('2026-03-02 00:00');
    expect((await submitActivity(office, own)).activity.state).toBe('submitted');
  });

  test('sent again with its key it is declared once, and another one is refused', async () => {
    const office = await openOffice();
    const request = { learnerId: 'u1', declared: declared(), draft: false, idempotencyKey: 'k1' };
    const [first, again] = await Promise.all([
      declareActivity(office, request),
      declareActivity(office, request),
    ]);
    expect(again.activity.activityId).toBe(first.activity.activityId);
    const other = { ...request, declared: declared({ title: 'Another book' }) };
    expect(await refusal(declareActivity(office, other))).toBe('idempotency-conflict');
    expect((await listActivities(office, { reader: reviewer, limit: 10 })).items).toHaveLength(1);
  });

  test('sent again with its key after it was changed or taken back, it is answered as at first', async () => {
    const office = await openOffice();
    const request = { learnerId: 'u1', declared: declared(), draft: false, idempotencyKey: 'k1' };
    const first = await declareActivity(office, request);
    const own = { learnerId: 'u1', id: first.activity.activityId };
    office.setClock('2026-03-02 12:00');
    await patchActivity(office, { ...own, patch: { title: 'Another', seconds: 2 * HOUR } });
    expect(await declareActivity(office, request)).toEqual(first);
    expect(await refusal(declareActivity(office, { ...request, draft: true }))).toBe('idempotency-conflict');
    const patched = { ...request, declared: declared({ title: 'Another', hours: 2 }) };
    expect(await refusal(declareActivity(office, patched))).toBe('idempotency-conflict');
    await withdrawActivity(office, own);
    expect(await declareActivity(office, request)).toEqual(first);
    const present = await getActivity(office, { id: own.id, reader: { as: 'learner', learnerId: 'u1' } });
    expect(present.activity).toMatchObject({ title: 'Another', state: 'withdrawn' });
  });
});

describe('reviewers', () => {
  test('T17: nobody reviews their own, nor for another institute, nor more than was declared', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'other', []);
    const { activity } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared(),
      draft: false,
    });
    const id = activity.activityId;
    const review = { decision: 'approve' } as const;
    const by = (actor: string, organisationId: string | null) => ({ actor, organisationId, id, review });
    expect(await refusal(reviewActivity(office, by('u1', null)))).toBe('forbidden');
    expect(await refusal(reviewActivity(office, by('bob', 'other')))).toBe('activity-not-found');
    const greedy = {
      ...by('bob', 'imr'),
      review: { decision: 'approve' as const, grantedSeconds: 2 * HOUR },
    };
    expect(await refusal(reviewActivity(office, greedy))).toBe('invalid-request');
    expect((await reviewActivity(office, by('bob', 'imr'))).activity.state).toBe('approved');
  });

  test('see what is theirs, and no drafts', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'other', ['u2']);
    for (const learnerId of ['u1', 'u2', 'u3'])
      await declareActivity(office, { learnerId, declared: declared({ title: learnerId }), draft: false });
    const draft = await declareActivity(office, { learnerId: 'u1', declared: declared(), draft: true });
    const titles = async (organisationId: string | null) => {
      const reader = { as: 'reviewer', organisationId } as const;
      return (await listActivities(office, { reader, limit: 10 })).items.map(({ title }) => title);
    };
    expect(await titles('imr')).toEqual(['u1']);
    expect(await titles(null)).toEqual(['u1', 'u2', 'u3']);
    expect(await refusal(getActivity(office, { id: draft.activity.activityId, reader: reviewer }))).toBe(
      'activity-not-found',
    );
    const own = { as: 'learner', learnerId: 'u1' } as const;
    expect((await listActivities(office, { reader: own, limit: 10 })).items).toHaveLength(2);
  });

  test('find by category, institute, words and who decided', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['u1']);
    await institute(office, 'other', ['u2']);
    for (const [learnerId, category, title] of [
      ['u1', 'online', 'Steel'],
      ['u1', 'offline', 'Iron'],
      ['u2', 'online', 'Iron'],
    ] as const)
      await declareActivity(office, { learnerId, declared: declared({ category, title }), draft: false });
    type Search = Partial<Parameters<typeof listActivities>[1]>;
    const found = async (search: Search, organisationId: string | null = null) => {
      const reader = { as: 'reviewer', organisationId } as const;
      const { items } = await listActivities(office, { reader, limit: 10, ...search });
      return items.map(({ learnerId, title }) => `${learnerId} ${title}`);
    };
    expect(await found({ category: 'online' })).toEqual(['u1 Steel', 'u2 Iron']);
    expect(await found({ organisationId: 'imr' })).toEqual(['u1 Steel', 'u1 Iron']);
    expect(await found({ organisationId: 'imr' }, 'other')).toEqual([]);
    expect(await found({ query: 'iron' })).toEqual(['u1 Iron', 'u2 Iron']);
    expect(await found({ query: 'U2' })).toEqual(['u2 Iron']);
    expect(await found({ query: 'name of u2' })).toEqual(['u2 Iron']);
    expect(await found({ decidedBy: hq.actor })).toEqual([]);
  });

  test('see what was decided, the latest first, page by page', async () => {
    const office = await openOffice();
    const ids = [];
    for (const title of ['A', 'B', 'C', 'D']) {
      const declaring = { learnerId: 'u1', declared: declared({ title }), draft: false };
      ids.push((await declareActivity(office, declaring)).activity.activityId);
    }
    const [a = '', b = '', c = ''] = ids;
    const review = { decision: 'approve' } as const;
    await reviewActivity(office, { ...hq, id: b, review });
    office.setClock('2026-03-02 12:00');
    await reviewActivity(office, { ...hq, actor: 'bob', id: a, review });
    await reviewActivity(office, { ...hq, actor: 'bob', id: c, review });
    const page = async (cursor: string | null, decidedBy?: string) => {
      const search = { reader: reviewer, order: 'decided', limit: 2, cursor, decidedBy } as const;
      const { items, nextCursor } = await listActivities(office, search);
      return [items.map(({ title }) => title).join(''), nextCursor] as const;
    };
    const [first, cursor] = await page(null);
    expect(first).toBe('CA');
    expect(await page(cursor)).toEqual(['B', null]);
    expect(await page(null, 'bob')).toEqual(['CA', null]);
    expect(await refusal(listActivities(office, { reader: reviewer, limit: 2, cursor }))).toBe(
      'invalid-request',
    );
  });

  test('two at once: one decides, the other is told', async () => {
    const office = await openOffice();
    const { activity, etag } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared(),
      draft: false,
    });
    const id = activity.activityId;
    const decide = (actor: string, decision: 'approve' | 'reject', ifMatch?: ReadonlySet<string>) =>
      refusal(
        reviewActivity(office, { ...hq, actor, id, ifMatch, review: { decision, comment: 'because' } }).then(
          () => actor,
        ),
      );
    const outcomes = await Promise.all([decide('ann', 'approve'), decide('bob', 'reject')]);
    expect(outcomes.toSorted()).toEqual(['accepted', 'already-decided']);
    expect(await decide('cat', 'reject', new Set([etag]))).toBe('precondition-failed');
    const seen = await getActivity(office, { id, reader: reviewer });
    expect(await decide('cat', 'reject', new Set([seen.etag]))).toBe('accepted');
  });

  test('T17: what was changed after it was submitted is decided only by who has seen that', async () => {
    const office = await openOffice();
    const { activity } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared(),
      draft: false,
    });
    const id = activity.activityId;
    office.setClock('2026-03-02 12:00');
    await patchActivity(office, { learnerId: 'u1', id, patch: { seconds: 9 * HOUR } });
    const review = { decision: 'approve' } as const;
    expect(await refusal(reviewActivity(office, { ...hq, id, review }))).toBe('precondition-required');
    const { etag } = await getActivity(office, { id, reader: reviewer });
    const seen = { ...hq, id, review, ifMatch: new Set([etag]) };
    expect((await reviewActivity(office, seen)).activity.grantedSeconds).toBe(9 * HOUR);
  });

  test('T20: are shown what may be the same event', async () => {
    const office = await openOffice();
    await held(office, 't1', training({ title: 'Safety' }), ['u1']);
    const day = { from: '2026-02-01', to: '2026-02-01' };
    const { activity } = await declareActivity(office, {
      learnerId: 'u1',
      declared: declared({ category: 'offline', title: 'safety', ...day }),
      draft: false,
    });
    await declareActivity(office, {
      learnerId: 'u1',
      declared: declared({ title: 'Elsewhere' }),
      draft: false,
    });
    await declareActivity(office, {
      learnerId: 'u2',
      declared: declared({ title: 'Safety', ...day }),
      draft: false,
    });
    const { activity: shown } = await getActivity(office, { id: activity.activityId, reader: reviewer });
    expect(shown.similar).toEqual([
      {
        what: 'training',
        id: 't1',
        title: 'Safety',
        from: '2026-02-01',
        to: '2026-02-01',
        state: 'confirmed',
        seconds: 4 * HOUR,
        why: ['same-title', 'same-days'],
      },
    ]);
  });
});

describe('evidence', () => {
  const pdf = new TextEncoder().encode('%PDF-1.7 and so on');
  const upload = { learnerId: 'u1', name: '证书.pdf', mediaType: 'application/pdf', bytes: pdf };

  test('is what its bytes say, kept as it is, and seen by its learner and reviewers alone', async () => {
    const office = await openOffice();
    const file = await uploadEvidence(office, upload);
    expect(file).toMatchObject({ name: '证书.pdf', bytes: pdf.byteLength, mediaType: 'application/pdf' });
    const about = (organisationId: string) =>
      refusal(describeEvidence(office, { id: file.fileId, reader: { as: 'reviewer', organisationId } }));
    expect(await describeEvidence(office, { id: file.fileId, reader: reviewer })).toEqual(file);
    expect(await about('other')).toBe('file-not-found');
    const read = (reader: Parameters<typeof readEvidence>[1]['reader']) =>
      refusal(
        readEvidence(office, { id: file.fileId, reader }).then(({ bytes }) => expect(bytes).toEqual(pdf)),
      );
    expect(await read({ as: 'learner', learnerId: 'u1' })).toBe('accepted');
    expect(await read(reviewer)).toBe('accepted');
    expect(await read({ as: 'learner', learnerId: 'u2' })).toBe('file-not-found');
    expect(await read({ as: 'reviewer', organisationId: 'other' })).toBe('file-not-found');
    const evidence = [{ fileId: file.fileId }];
    await declareActivity(office, { learnerId: 'u1', declared: declared({ evidence }), draft: false });
    expect(
      await refusal(
        declareActivity(office, { learnerId: 'u2', declared: declared({ evidence }), draft: false }),
      ),
    ).toBe('invalid-request');
  });

  test('is handed out as it was uploaded, or not at all', async () => {
    const office = await openOffice();
    const { fileId: id } = await uploadEvidence(office, upload);
    const read = () => refusal(readEvidence(office, { id, reader: reviewer }));
    expect(await read()).toBe('accepted');
    await office.evidenceStore.put(id, pdf.slice(0, -1), 'application/pdf');
    expect(await read()).toBe('file-damaged');
  });

  test('T19: that is a page, or another thing than it is said to be, is refused', async () => {
    const office = await openOffice();
    const page = new TextEncoder().encode('<script>alert(1)</script>');
    for (const mediaType of ['application/pdf', 'text/html', 'image/png'])
      expect(await refusal(uploadEvidence(office, { ...upload, mediaType, bytes: page }))).toBe(
        'unsupported-media-type',
      );
    expect(await refusal(uploadEvidence(office, { ...upload, mediaType: 'image/png' }))).toBe(
      'unsupported-media-type',
    );
  });
});

describe('historic hours', () => {
  const row = (reference: string, hours: number, to = '2026-01-05') => ({
    ...declared({ category: 'offline', hours, from: to, to }),
    kind: null,
    reference,
    learnerId: 'u1',
  });
  const rows = (...of: ReturnType<typeof row>[]) => of.map((each, index) => ({ line: index + 2, row: each }));

  test('come as approved activities, once by their reference, all or none', async () => {
    const office = await openOffice();
    const bring = (given: ReturnType<typeof rows>, dryRun = false) =>
      importHistory(office, { ...hq, rows: given, dryRun });
    const credited = async () =>
      (await learnerCredits(office, { learnerId: 'u1', ...any })).offline.creditedSeconds;
    expect(await bring(rows(row('a', 2), row('b', 3)), true)).toMatchObject({ created: 2, dryRun: true });
    expect(await credited()).toBe(0);
    expect(await bring(rows(row('a', 2), row('b', 3)))).toMatchObject({ created: 2, updated: 0 });
    expect(await bring(rows(row('a', 4), row('b', 3)))).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 1,
    });
    expect(await credited()).toBe(7 * HOUR);
    const [first] = (await listActivities(office, { reader: reviewer, limit: 1 })).items;
    expect(first).toMatchObject({ state: 'approved', comment: null });
    const id = first?.activityId ?? '';
    const { etag } = await getActivity(office, { id, reader: reviewer });
    const review = { decision: 'approve', grantedSeconds: HOUR } as const;
    await reviewActivity(office, { ...hq, actor: 'another', id, ifMatch: new Set([etag]), review });
    expect(await bring(rows(row('a', 4), row('b', 3)))).toMatchObject({ unchanged: 2 });
    await expect(bring(rows(row('a', 5), row('b', 3)))).rejects.toMatchObject({
      members: { errors: [{ path: '/2/reference', line: 2 }] },
    });
    expect(await credited()).toBe(4 * HOUR);
    const refused = bring(rows(row('c', 1), row('d', 1, '2027-01-01')));
    await expect(refused).rejects.toMatchObject({
      members: { errors: [{ path: '/3/to', line: 3, field: 'to' }] },
    });
    expect(await credited()).toBe(4 * HOUR);
  });

  test('T17: nobody grants their own hours, nor those of another institute', async () => {
    const office = await openOffice();
    const own = { actor: 'u1', organisationId: null, rows: rows(row('a', 2)), dryRun: false };
    await expect(importHistory(office, own)).rejects.toMatchObject({ code: 'invalid-request' });
    await institute(office, 'imr', ['u1']);
    const elses = { ...own, actor: 'bob', organisationId: 'other' };
    await expect(importHistory(office, elses)).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
