import type { StudyRecord } from '@watchledger/contract';
import type { LearnerFacts, StoredActivity, StoredEnrolment, StoredExam } from '@watchledger/ledger';
import {
  type CoursewareId,
  creditsInRange,
  creditsOfYear,
  type DayNumber,
  foldSortedCredits,
  type Instant,
  type LearnerCredits,
  type LearnerId,
  milliseconds,
  type RangeCredits,
  wholeSeconds,
  yearOf,
} from '@watchledger/rules';
import { requireTheirs } from '../access/reviewer.ts';
import { activityShape } from '../activities/shape.ts';
import { foldingOf } from '../credits/fold-learner.ts';
import { examShape } from '../exams/put-exam.ts';
import { daysOfMonths } from '../moments/days.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { RecordContext } from './context.ts';

export interface LearnerRecordInput {
  readonly learnerId: string;
  /** The institute of who reads, where they read for one; null: everybody's may be read. */
  readonly organisationId: string | null;
  /** First and last month `YYYY-MM`, both inclusive. */
  readonly from: string;
  readonly to: string;
}

/**
 * A learner's account for a range of months (R12); an unknown learner has zeros.
 * @throws Problem `learner-not-found`, `unavailable`
 */
export async function learnerRecord(
  context: RecordContext,
  { learnerId, organisationId, from, to }: LearnerRecordInput,
): Promise<StudyRecord> {
  await context.policyInForce.demand();
  return whileStoresAnswer(async () => {
    await requireTheirs(context, organisationId, learnerId);
    const facts = await context.credits.learnerFacts(learnerId as LearnerId);
    const [record] = await recordsOf(context, [facts], { from, to });
    if (record === undefined) throw new Error(`no record was made of ${learnerId}`);
    return record;
  });
}

interface Months {
  readonly from: string;
  readonly to: string;
}

/** The records of some learners, from their facts. */
export async function recordsOf(
  context: RecordContext,
  known: readonly LearnerFacts[],
  months: Months,
): Promise<StudyRecord[]> {
  const { first, last } = daysOfMonths(months.from, months.to);
  const learnerIds = known.map(({ learnerId }) => learnerId);
  const [activities, trainings, exams] = await Promise.all([
    context.activities.approvedWithin(learnerIds, first, last),
    context.enrolments.confirmedWithin(learnerIds, first, last),
    context.exams.takenWithin(learnerIds, first, last),
  ]);
  const of = <Item extends { readonly learnerId: LearnerId }>(items: readonly Item[]) =>
    Map.groupBy(items, ({ learnerId }) => learnerId);
  const [activitiesOf, trainingsOf, examsOf] = [of(activities), of(trainings), of(exams)];
  return known.map((facts) =>
    recordOf(context, facts, {
      ...months,
      first,
      last,
      activities: activitiesOf.get(facts.learnerId) ?? [],
      trainings: trainingsOf.get(facts.learnerId) ?? [],
      exams: examsOf.get(facts.learnerId) ?? [],
    }),
  );
}

interface Range extends Months {
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly activities: readonly StoredActivity[];
  readonly trainings: readonly StoredEnrolment[];
  readonly exams: readonly StoredExam[];
}

function recordOf(context: RecordContext, known: LearnerFacts, range: Range): StudyRecord {
  const folding = foldingOf(context, known);
  const credits = foldSortedCredits(known.facts, folding);
  const year = creditsOfYear(credits, yearOf(range.last), folding);
  const earned = creditsInRange(credits, range.first, (range.last + 1) as DayNumber);
  const creditedOf = creditedByFact(credits);
  // Lists and facts are read one after the other: what was decided in between is in the next record.
  const activities = range.activities.filter(({ activityId }) => creditedOf.has(`activity ${activityId}`));
  const trainings = range.trainings.filter(({ training }) =>
    creditedOf.has(`training ${training.trainingId}`),
  );
  const { exams } = range;
  return {
    learnerId: known.learnerId,
    from: range.from,
    to: range.to,
    head: {
      year: year.year,
      creditedSeconds: wholeSeconds(year.total.creditedMs),
      missingSeconds: wholeSeconds(year.total.missingMs),
      goalSeconds: wholeSeconds(year.total.goalMs),
    },
    ...figures(earned),
    counts: counts(earned, { activities, trainings, exams }),
    trainings: trainings.map((each) => trainingRow(each, creditedOf)),
    activities: activities.map((each) => ({
      ...activityShape(each),
      creditedSeconds: wholeSeconds(milliseconds(creditedOf.get(`activity ${each.activityId}`) ?? 0)),
    })),
    courseware: coursewareRows(earned, known, range),
    exams: exams.map(examShape),
  };
}

function figures({ total, online, selfStudy, offline }: RangeCredits) {
  const both = ({ ms, creditedMs }: RangeCredits['total']) => ({
    seconds: wholeSeconds(ms),
    creditedSeconds: wholeSeconds(creditedMs),
  });
  return {
    total: both(total),
    online: {
      watchedSeconds: wholeSeconds(online.watchedMs),
      declaredSeconds: wholeSeconds(online.declaredMs),
      trainingSeconds: wholeSeconds(online.trainingMs),
      ...both(online),
    },
    selfStudy: both(selfStudy),
    offline: {
      externalSeconds: wholeSeconds(offline.externalMs),
      trainingSeconds: wholeSeconds(offline.trainingMs),
      ...both(offline),
    },
  };
}

/** Only what is approved or confirmed is counted; the pass rate of no exams is 0 (R12). */
function counts(
  { courseware }: RangeCredits,
  { activities, trainings, exams }: Pick<Range, 'activities' | 'trainings' | 'exams'>,
): StudyRecord['counts'] {
  const of = (category: string) => activities.filter((each) => each.category === category).length;
  const byCategory = Map.groupBy(trainings, ({ training }) => training.category);
  return {
    trainings: trainings.length,
    trainingsByCategory: Array.from(byCategory, ([category, each]) => ({
      category,
      count: each.length,
    })).sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
    externalTrainings: of('offline'),
    selfStudy: of('self-study'),
    courseware: courseware.length,
    externalNetwork: of('online'),
    exams: exams.length,
    examPassRate: exams.length === 0 ? 0 : exams.filter(({ passed }) => passed).length / exams.length,
  };
}

/** What each activity and training earned, both parts of a training together. */
function creditedByFact({ facts, creditedMs, offlinePartMs }: LearnerCredits): ReadonlyMap<string, number> {
  return new Map(
    facts.map(({ kind, id }, index) => [
      `${kind} ${id}`,
      (creditedMs[index] ?? 0) + (offlinePartMs[index] ?? 0),
    ]),
  );
}

function trainingRow(
  { training, onlineMs, offlineMs }: StoredEnrolment,
  creditedOf: ReadonlyMap<string, number>,
): StudyRecord['trainings'][number] {
  const { trainingId, title, place, form, category, method, classification, organiser } = training;
  return {
    trainingId,
    title,
    place,
    form,
    category,
    method,
    classification,
    organiser,
    startsAt: rfc3339(training.startsAt),
    endsAt: rfc3339(training.endsAt),
    totalSeconds: wholeSeconds(milliseconds(onlineMs + offlineMs)),
    onlineSeconds: wholeSeconds(onlineMs),
    offlineSeconds: wholeSeconds(offlineMs),
    creditedSeconds: wholeSeconds(milliseconds(creditedOf.get(`training ${trainingId}`) ?? 0)),
  };
}

function coursewareRows(
  { courseware }: RangeCredits,
  { facts, courseware: terms }: LearnerFacts,
  { first, last }: Range,
): StudyRecord['courseware'] {
  const lastWatched = new Map<CoursewareId, Instant>();
  for (const fact of facts) {
    if (fact.kind !== 'watched' || fact.day < first || fact.day > last) continue;
    const before = lastWatched.get(fact.coursewareId);
    if (before === undefined || before < fact.lastMoment) lastWatched.set(fact.coursewareId, fact.lastMoment);
  }
  return courseware.flatMap(({ coursewareId, watchedMs, creditedMs }) => {
    const lastMoment = lastWatched.get(coursewareId);
    if (lastMoment === undefined) return [];
    return {
      coursewareId,
      title: terms.get(coursewareId)?.title ?? coursewareId,
      watchedSeconds: wholeSeconds(watchedMs),
      creditedSeconds: wholeSeconds(creditedMs),
      lastWatchedAt: rfc3339(lastMoment),
    };
  });
}
