import type { RecordFigures } from '@watchledger/contract';
import { describe, expect, test } from 'vitest';
import { putExam } from '../exams/index.ts';
import { openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, institute, training } from '../testing/office-work.ts';
import { learnerRecord, streamRecords } from './index.ts';

const year = { from: '2026-01', to: '2026-12' } as const;
const own = { learnerId: 'u1', organisationId: null } as const;

describe('the record (R12)', () => {
  test('E18: self-study of 10 h in January and 10 h in February: February has 10 h, none credited', async () => {
    const office = await openOffice();
    await approved(office, 'u1', declared({ hours: 10, from: '2026-01-10', to: '2026-01-10' }));
    await approved(office, 'u1', declared({ hours: 10, from: '2026-02-10', to: '2026-02-10' }));
    const february = await learnerRecord(office, { ...own, from: '2026-02', to: '2026-02' });
    expect(february.selfStudy).toEqual({ seconds: 10 * HOUR, creditedSeconds: 0 });
    expect(february.activities).toMatchObject([{ grantedSeconds: 10 * HOUR, creditedSeconds: 0 }]);
    expect(february.head).toEqual({
      year: 2026,
      creditedSeconds: 10 * HOUR,
      missingSeconds: 90 * HOUR,
      goalSeconds: 100 * HOUR,
    });
    const whole = await learnerRecord(office, { ...own, ...year });
    expect(whole.selfStudy).toEqual({ seconds: 20 * HOUR, creditedSeconds: 10 * HOUR });
  });

  test('E6: offline 44 h, self-study 48 h, online 10 min: 92 h 10 min in all, 54 h 10 min credited', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    await office.watch('u1', 'film', '2026-01-05 08:00', 10);
    await held(office, 't1', training({ offline: 28, category: '管理技能培训' }), ['u1']);
    await held(office, 't2', training({ online: 0, offline: 16, category: '系列讲座' }), ['u1']);
    await approved(office, 'u1', declared({ hours: 48, from: '2026-01-01', to: '2026-01-31' }));
    await putExam(office, {
      ...hq,
      exam: {
        examId: 'e1',
        learnerId: 'u1',
        title: 'Exam',
        takenOn: '2026-02-02',
        passed: true,
        score: 88.5,
      },
    });
    const record = await learnerRecord(office, { ...own, ...year });
    expect(record).toMatchObject({
      head: { creditedSeconds: 54 * HOUR + 600, missingSeconds: 45 * HOUR + 50 * 60 },
      total: { seconds: 92 * HOUR + 600, creditedSeconds: 54 * HOUR + 600 },
      online: { seconds: 600, creditedSeconds: 600, watchedSeconds: 600 },
      selfStudy: { seconds: 48 * HOUR, creditedSeconds: 10 * HOUR },
      offline: { seconds: 44 * HOUR, creditedSeconds: 44 * HOUR },
      counts: {
        trainings: 2,
        trainingsByCategory: [
          { category: '管理技能培训', count: 1 },
          { category: '系列讲座', count: 1 },
        ],
        externalTrainings: 0,
        selfStudy: 1,
        courseware: 1,
        externalNetwork: 0,
        exams: 1,
        examPassRate: 1,
      },
      courseware: [{ coursewareId: 'film', watchedSeconds: 600, lastWatchedAt: '2026-01-05T00:10:00.000Z' }],
      exams: [{ examId: 'e1', score: 88.5 }],
    });
    expect(record.trainings.map(({ trainingId, creditedSeconds }) => [trainingId, creditedSeconds])).toEqual([
      ['t1', 28 * HOUR],
      ['t2', 16 * HOUR],
    ]);
  });

  test('of who is not known is zeros, and of another institute is not there', async () => {
    const office = await openOffice();
    const record = await learnerRecord(office, { ...own, ...year });
    expect(record.counts).toMatchObject({ trainings: 0, exams: 0, examPassRate: 0 });
    const elses = learnerRecord(office, { learnerId: 'u1', organisationId: 'imr', ...year });
    await expect(elses).rejects.toMatchObject({ code: 'learner-not-found' });
  });

  test('of everybody streams in the order of ids, those on the roster without any hours included', async () => {
    const office = await openOffice();
    await institute(office, 'imr', ['z1', 'a1']);
    await approved(office, 'm1', declared());
    const all = async (organisationId: string | null) => {
      const rows: RecordFigures[] = [];
      for await (const row of streamRecords(office, { ...year, organisationId })) rows.push(row);
      return rows.map(({ learnerId, total }) => [learnerId, total.seconds]);
    };
    expect(await all(null)).toEqual([
      ['a1', 0],
      ['m1', HOUR],
      ['z1', 0],
    ]);
    expect(await all('imr')).toEqual([
      ['a1', 0],
      ['z1', 0],
    ]);
  });
});
