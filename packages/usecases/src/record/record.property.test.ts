import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declareActivity, reviewActivity } from '../activities/index.ts';
import { verifyLedger } from '../audit/index.ts';
import { patchCourseware } from '../courseware/index.ts';
import { learnerCredits } from '../credits/index.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { declared, HOUR, hq, training } from '../testing/office-work.ts';
import { decideEnrolments, putTraining } from '../trainings/index.ts';
import { closeYear, reopenYear } from '../years/index.ts';
import { ModelOffice, type Operation } from './testing/model-office.ts';

const learners = ['u1', 'u2'] as const;
const learner = fc.constantFrom(...learners);
const film = fc.constantFrom('film', 'slides');
const year = fc.constantFrom(2024, 2025, 2026);
const hours = fc.integer({ min: 0, max: 60 });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant('watch'),
    learner,
    film,
    year,
    day: fc.integer({ min: 1, max: 28 }),
    hours: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ kind: fc.constant('limit'), film, hours }),
  fc.record({
    kind: fc.constant('activity'),
    learner,
    category: fc.constantFrom('online', 'self-study', 'offline'),
    year,
    hours: fc.integer({ min: 1, max: 23 }),
    granted: fc.option(fc.integer({ min: 0, max: 23 })),
  }),
  fc.record({
    kind: fc.constant('correct'),
    nth: fc.nat(9),
    granted: fc.option(fc.integer({ min: 0, max: 23 })),
  }),
  fc.record({
    kind: fc.constant('training'),
    nth: fc.nat(2),
    year,
    online: fc.integer({ min: 0, max: 30 }),
    offline: fc.integer({ min: 1, max: 30 }),
    films: fc.subarray(['film', 'slides']),
  }),
  fc.record({ kind: fc.constant('attend'), nth: fc.nat(2), learner, confirm: fc.boolean() }),
  fc.record({ kind: fc.constant('close'), year }),
  fc.record({ kind: fc.constant('reopen'), year }),
) as fc.Arbitrary<Operation>;

describe('any sequence of operations', () => {
  test('leaves credits that equal a fold of what was accepted, afresh, and a trail that accounts for them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
        const office = await openOffice();
        for (const id of ['film', 'slides']) await office.put(id, 120);
        const model = new ModelOffice();
        for (const each of operations) await model.play(each, await accepted(office, each, model));
        for (const learnerId of learners) {
          for (const of of [2024, 2025, 2026]) {
            const shown = await learnerCredits(office, { learnerId, year: of, allowedCourseware: null });
            expect([of, ...figuresOf(shown)]).toEqual([of, ...model.figures(learnerId, of)]);
          }
        }
        expect((await verifyLedger(office)).faults).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

const figuresOf = ({ online, selfStudy, offline, closed }: Awaited<ReturnType<typeof learnerCredits>>) => [
  closed,
  online.seconds,
  online.creditedSeconds,
  selfStudy.creditedSeconds,
  offline.creditedSeconds,
];

/** Does it, and says whether it was accepted, and by which id it is known. */
async function accepted(office: Office, operation: Operation, model: ModelOffice): Promise<string | null> {
  try {
    return await done(office, operation, model);
  } catch {
    return null;
  }
}

async function done(office: Office, given: Operation, model: ModelOffice): Promise<string> {
  switch (given.kind) {
    case 'watch': {
      const at = model.nextWatch(given);
      await office.watch(given.learner, given.film, at, given.hours * 60);
      return at;
    }
    case 'limit':
      await patchCourseware(office, {
        actor: 'ann',
        id: given.film,
        fields: { limitSeconds: given.hours * HOUR },
      });
      return given.film;
    case 'activity': {
      const { category, hours } = given;
      const when = { from: `${given.year}-02-01`, to: `${given.year}-02-01` };
      const { activity } = await declareActivity(office, {
        learnerId: given.learner,
        declared: declared({ category, hours, ...when }),
        draft: false,
      });
      await review(office, activity.activityId, given.granted, hours);
      return activity.activityId;
    }
    case 'correct': {
      const { id, hours } = model.activityAt(given.nth);
      await review(office, id, given.granted, hours);
      return id;
    }
    case 'training': {
      const { online, offline, films } = given;
      const when = { startsAt: `${given.year}-02-10T01:00:00Z`, endsAt: `${given.year}-02-10T09:00:00Z` };
      const fields = training({ online, offline, coursewareIds: [...films], ...when });
      await putTraining(office, { ...hq, id: `t${given.nth}`, fields });
      return `t${given.nth}`;
    }
    case 'attend': {
      const decision = given.confirm ? 'confirm' : 'reject';
      const items = [{ learnerId: given.learner }];
      await decideEnrolments(office, { ...hq, id: `t${given.nth}`, decision, items, registering: true });
      return `t${given.nth}`;
    }
    case 'close':
      await closeYear(office, { ...hq, year: given.year });
      return String(given.year);
    case 'reopen':
      await reopenYear(office, { ...hq, year: given.year, reason: 'because' });
      return String(given.year);
  }
}

function review(office: Office, id: string, granted: number | null, hours: number) {
  const decision =
    granted === null
      ? ({ decision: 'reject', comment: 'no' } as const)
      : ({ decision: 'approve', grantedSeconds: Math.min(granted, hours) * HOUR } as const);
  return reviewActivity(office, { ...hq, id, review: decision });
}
