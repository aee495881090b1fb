import type { AuditEntry, Page, ProblemDocument } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { HOUR, lastYear, openRecordOffice, type RecordOffice, thisYear } from './office.ts';

describe('the worked examples of the whole record, over HTTP', () => {
  let office: RecordOffice;

  beforeAll(async () => {
    office = await openRecordOffice();
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => office.put(id, 9)));
  });

  /** Forty-five hours of five courseware. */
  async function fortyFiveHours(learner: string, year: number): Promise<void> {
    for (const [nth, id] of ['a', 'b', 'c', 'd', 'e'].entries())
      await office.watched(learner, id, `${year}-01-0${nth + 1}`, 9);
  }
  const day = (monthAndDay: string) => ({
    from: `${thisYear}-${monthAndDay}`,
    to: `${thisYear}-${monthAndDay}`,
  });

  test('E5: 45 h watched and 8 h of external network learning approved: 50 h credited of 53 h', async () => {
    await fortyFiveHours('e5', thisYear);
    await office.approved('e5', { category: 'online', seconds: 8 * HOUR, ...day('02-01') });
    const { online } = await office.credits('e5');
    expect([online.seconds, online.creditedSeconds]).toEqual([53 * HOUR, 50 * HOUR]);
  });

  test('E6: offline 44 h, self-study 48 h, online 10 min: 54 h 10 min credited of 92 h 10 min', async () => {
    await office.watched('e6', 'a', `${thisYear}-01-01`, 1 / 6);
    await office.held('e6-training', { offlineSeconds: 44 * HOUR }, ['e6']);
    const january = { from: `${thisYear}-01-01`, to: `${thisYear}-01-31` };
    await office.approved('e6', { category: 'self-study', seconds: 48 * HOUR, ...january });
    const { total } = await office.credits('e6');
    expect(total).toMatchObject({
      seconds: 92 * HOUR + 600,
      creditedSeconds: 54 * HOUR + 600,
      missingSeconds: 45 * HOUR + 50 * 60,
    });
  });

  test('E17: a training of 10 h online and 6 h offline beside 45 h watched', async () => {
    await fortyFiveHours('e17', thisYear);
    await office.held('e17-training', { onlineSeconds: 10 * HOUR, offlineSeconds: 6 * HOUR }, ['e17']);
    const { online, offline } = await office.credits('e17');
    expect([online.seconds, online.creditedSeconds]).toEqual([55 * HOUR, 50 * HOUR]);
    expect(offline.creditedSeconds).toBe(6 * HOUR);
  });

  test('E18: the record of February has its 10 h of self-study, none of them credited', async () => {
    for (const when of ['01-10', '02-10'])
      await office.approved('e18', { category: 'self-study', seconds: 10 * HOUR, ...day(when) });
    const { selfStudy } = await office.record('e18', `${thisYear}-02`, `${thisYear}-02`);
    expect(selfStudy).toEqual({ seconds: 10 * HOUR, creditedSeconds: 0 });
  });

  test('E20: 8 h declared, 6 h approved', async () => {
    const activity = await office.approved(
      'e20',
      { category: 'offline', seconds: 8 * HOUR, ...day('03-01') },
      6 * HOUR,
    );
    expect(activity).toMatchObject({
      state: 'approved',
      kind: 'training',
      seconds: 8 * HOUR,
      grantedSeconds: 6 * HOUR,
    });
    expect((await office.credits('e20')).total.seconds).toBe(6 * HOUR);
  });

  test('E21: a limit lowered from 2 h to 1 h; the audit trail says who and when', async () => {
    await office.put('lowered', 2);
    await office.watched('e21', 'lowered', `${thisYear}-01-05`, 2);
    const lowering = { limitSeconds: HOUR, reason: 'too long' };
    const preview = await office.admin.patch('/v1/courseware/lowered?preview=true', lowering);
    expect(preview.body).toMatchObject({ preview: true, losing: 1, lostSeconds: HOUR });
    await office.admin.patch('/v1/courseware/lowered', lowering);
    expect((await office.credits('e21')).online.creditedSeconds).toBe(HOUR);
    const { body } = await office.admin.get<Page<AuditEntry>>('/v1/audit?kind=courseware&id=lowered');
    expect(body.items.at(-1)).toMatchObject({
      actor: 'admin',
      action: 'updated',
      reason: 'too long',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      changes: [{ field: 'limitMs', from: 2 * HOUR * 1_000, to: HOUR * 1_000 }],
    });
  });

  describe('over a closed year', () => {
    beforeAll(async () => {
      for (const id of ['e8', 'e13']) await office.put(id, 2);
      await office.put('e12', 0.2);
      await office.put('e16', 0.2);
      await office.watched('e8', 'e8', `${lastYear}-05-05`, 1.5);
      for (const learner of ['e12', 'e16']) await office.watched(learner, learner, `${lastYear}-05-05`, 2);
      await fortyFiveHours('e13', lastYear);
      await office.put('filler', 5);
      await office.watched('e13', 'filler', `${lastYear}-02-05`, 5);
      await office.watched('e13', 'e13', `${lastYear}-05-05`, 2);
      for (const id of ['e19-a', 'e19-b']) await office.put(id, 1);
      await fortyFiveHours('e19', lastYear);
      await office.watched('e19', 'filler', `${lastYear}-02-05`, 4);
      await office.watched('e19', 'e19-a', `${lastYear}-06-05`, 1);
      await office.watched('e19', 'e19-b', `${lastYear}-06-05`, 1);
      expect(await office.close(lastYear)).toMatchObject({ state: 'closed', year: lastYear });
      for (const id of ['e12', 'e16'])
        await office.admin.patch(`/v1/courseware/${id}`, { limitSeconds: 2 * HOUR });
      await office.watched('e8', 'e8', `${thisYear}-05-05`, 1);
      await office.watched('e16', 'e16', `${thisYear}-05-05`, 2);
      await office.watched('e13', 'e13', `${thisYear}-05-05`, 2);
    });

    const credited = async (learner: string, year: number) =>
      (await office.credits(learner, year)).online.creditedSeconds;

    test('E8: what last year earned of a limit for life is gone this year', async () => {
      expect([await credited('e8', lastYear), await credited('e8', thisYear)]).toEqual([
        1.5 * HOUR,
        HOUR / 2,
      ]);
    });

    test('E12: a limit corrected after it leaves it unmoved', async () => {
      expect(await office.credits('e12', lastYear)).toMatchObject({
        closed: true,
        online: { watchedSeconds: 2 * HOUR, creditedSeconds: 720 },
      });
    });

    test('E13: what was watched while the cap was full has used up nothing', async () => {
      const { courseware } = await office.credits('e13', lastYear);
      expect(courseware.find(({ coursewareId }) => coursewareId === 'e13')).toMatchObject({
        creditedSeconds: 0,
      });
      expect(await credited('e13', thisYear)).toBe(2 * HOUR);
    });

    test('E16: frozen with 12 min, of a limit of 2 h by now 1 h 48 min are left', async () => {
      expect([await credited('e16', lastYear), await credited('e16', thisYear)]).toEqual([
        720,
        HOUR + 48 * 60,
      ]);
    });

    test('E19: with an hour of the cap left, what was opened first earns it', async () => {
      const { courseware } = await office.credits('e19', lastYear);
      const of = (id: string) => courseware.find(({ coursewareId }) => coursewareId === id)?.creditedSeconds;
      expect([of('e19-a'), of('e19-b')]).toEqual([HOUR, 0]);
    });

    test('a decision, an import or a change dated in it is refused, and says why', async () => {
      const when = { from: `${lastYear}-03-01`, to: `${lastYear}-03-01` };
      const refused = await office.as('late', 'watch').post('/v1/activities', {
        category: 'offline',
        title: 'Late',
        seconds: HOUR,
        ...when,
      });
      expect([refused.status, refused.body.code]).toEqual([409, 'year-closed']);
      const csv = `reference,learnerId,category,title,from,to,hours\na,late,offline,Late,${when.from},${when.to},1`;
      const imported = await fetch(`${office.service.url}/v1/activities/import`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${office.service.token({ sub: 'reviewer', scope: 'review' })}`,
          'content-type': 'text/csv',
        },
        body: csv,
      });
      expect(imported.status).toBe(400);
      const problem = (await imported.json()) as ProblemDocument;
      expect(problem.errors).toEqual([
        { path: '/2/to', line: 2, field: 'to', message: 'lies in a closed year' },
      ]);
    });
  });
});

test('E8, with limits that count anew each year: 1 h of this year’s hour', async () => {
  const office = await openRecordOffice({ coursewareLimitScope: 'year' });
  await office.put('film', 2);
  await office.watched('u1', 'film', `${lastYear}-05-05`, 1.5);
  await office.watched('u1', 'film', `${thisYear}-05-05`, 1);
  expect((await office.credits('u1')).online.creditedSeconds).toBe(HOUR);
});
