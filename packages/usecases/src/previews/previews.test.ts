import { describe, expect, test } from 'vitest';
import { declareActivity } from '../activities/index.ts';
import { learnerCredits } from '../credits/index.ts';
import { openOffice } from '../testing/office.ts';
import { declared, HOUR, held, hq, training } from '../testing/office-work.ts';
import { closeYear } from '../years/index.ts';
import { previewEnrolments, previewLimit, previewOf, previewReview, previewTraining } from './index.ts';

const any = { allowedCourseware: null } as const;

describe('a preview', () => {
  test('of a limit says who gains and who loses, and changes nothing', async () => {
    const office = await openOffice();
    await office.put('film', 60);
    await office.watch('u1', 'film', '2026-01-05 08:00', 120);
    await office.watch('u2', 'film', '2026-01-05 08:00', 30);
    await office.watch('u3', 'film', '2025-01-05 08:00', 120);
    await closeYear(office, { ...hq, year: 2025 });
    const lines = [];
    for await (const line of previewLimit(office, { id: 'film', limitSeconds: 90 * 60, named: true }))
      lines.push(line);
    expect(lines).toEqual([
      { learnerId: 'u1', year: 2026, fromSeconds: HOUR, toSeconds: 5_400, differenceSeconds: 1_800 },
      { progress: { done: 3, total: 3 } },
      { end: true, count: 1, learners: 3, gaining: 1, losing: 0, gainedSeconds: 1_800, lostSeconds: 0 },
    ]);
    expect(await previewOf(previewLimit(office, { id: 'film', limitSeconds: 0, named: true }))).toMatchObject(
      {
        preview: true,
        learners: 3,
        losing: 2,
        lostSeconds: HOUR + HOUR / 2,
        items: [
          { learnerId: 'u1', toSeconds: 0 },
          { learnerId: 'u2', toSeconds: 0 },
        ],
      },
    );
    const unnamed = await previewOf(previewLimit(office, { id: 'film', limitSeconds: 0, named: false }));
    expect(unnamed).toMatchObject({ losing: 2, items: [] });
    expect((await learnerCredits(office, { learnerId: 'u1', ...any })).online.creditedSeconds).toBe(HOUR);
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
    const rejecting = previewEnrolments(office, {
      id: 't1',
      decision: 'reject',
      items,
      organisationId: null,
    });
    expect(await previewOf(rejecting)).toMatchObject({ losing: 1, lostSeconds: 4 * HOUR });
    const confirming = previewEnrolments(office, {
      id: 't1',
      decision: 'confirm',
      items,
      organisationId: null,
    });
    expect((await previewOf(confirming)).items).toMatchObject([{ learnerId: 'u3', toSeconds: HOUR }]);
  });
});
