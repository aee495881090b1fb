import type {
  Activity,
  Enrolment,
  EnrolmentsReviewed,
  Imported,
  Organisation,
  StudyRecord,
  Training,
  TrainingsPage,
} from '@watchledger/contract';
import {
  countedTrainings,
  figuresOf2016,
  type GuideTraining,
  linesOf,
  printedLines,
  printedRow,
  printedTrainings,
  rowOf,
} from './guide.ts';
import { branchReviewer, colleagues, editor, headquarters, learner, reviewer } from './people.ts';
import type { Caller, Stage } from './stage.ts';
import { expectLike, expectSame, tell, tellChapter, tellEqual, tellJson } from './teller.ts';
import { watch } from './viewing.ts';

const trainings = [...printedTrainings, ...countedTrainings];
/** A training is held, and its attendees are confirmed, by the institute that organises it. */
const organiserOf = ({ organiser }: GuideTraining): Caller =>
  organiser === '沈阳分院' ? branchReviewer : reviewer;

/** Part 1: what the guide's learner did in 2016, and the record that comes of it. */
export async function learnerOf2016(stage: Stage): Promise<void> {
  tellChapter('1  The learner of 2016: institutes and roster');
  await institutesAndRoster(stage);

  tellChapter('1  A courseware is watched for ten minutes');
  stage.clock.setTo('2016-06-20T14:00:00+08:00');
  await stage.ask(editor, 'PUT /v1/courseware/cw-metals', {
    json: { title: '金属材料的断裂与疲劳', kind: 'video', limitSeconds: 7_200, mediaSeconds: 5_400 },
    status: 201,
    says: () => 'a video that can earn 2 h at most',
  });
  await watch(stage, 'cw-metals', [{ caller: learner, minutes: 10 }]);

  tellChapter('1  Nine trainings: registered, enrolled in after the event, confirmed');
  stage.clock.setTo('2016-11-01T09:00:00+08:00');
  await nineTrainings(stage);

  tellChapter('1  Declared by the learner, decided by the reviewer');
  await declarations(stage);

  tellChapter('1  我的档案: the record of 2016');
  stage.clock.setTo('2016-12-20T09:00:00+08:00');
  await theRecord(stage);
}

async function institutesAndRoster({ ask }: Stage): Promise<void> {
  for (const [id, name] of [
    ['imr', '金属研究所'],
    ['syb', '沈阳分院'],
  ]) {
    await ask<Organisation>(headquarters, `PUT /v1/organisations/${id}`, {
      json: { name },
      status: 201,
      like: { organisationId: id, name },
      says: (made) => made.name,
    });
  }
  await ask(headquarters, `PUT /v1/learners/${learner.name}`, {
    json: { name: '学员', organisationId: 'imr' },
    status: 201,
    like: { learnerId: learner.name, organisationId: 'imr', active: true },
    says: () => '学员 of 金属研究所',
  });
  const rows = colleagues.map(({ name }, n) => `${name},同事 ${n + 1},imr`);
  await ask<Imported>(headquarters, 'POST /v1/learners/import', {
    csv: ['learnerId,name,organisationId', ...rows, ''].join('\r\n'),
    status: 200,
    like: { dryRun: false, created: colleagues.length, updated: 0, unchanged: 0 },
    says: ({ created }) => `${created} colleagues from a CSV file`,
  });
}

async function nineTrainings(stage: Stage): Promise<void> {
  const { ask, clock } = stage;
  for (const each of trainings) {
    await ask<Training>(organiserOf(each), `PUT /v1/trainings/${each.id}`, {
      json: fieldsOf(each),
      status: 201,
      like: { organisationId: organiserOf(each).org, title: each.title, open: true, enrolled: 0 },
      says: ({ offlineSeconds }) => `${hoursOf(offlineSeconds)} h ${each.category}: ${each.title}`,
    });
  }
  const own = countOf(reviewer);
  await ask<TrainingsPage>(learner, 'GET /v1/trainings?source=own&open=true&limit=200', {
    status: 200,
    says: ({ items }) => `来源“本单位”, “可以报名”: ${items.length} trainings`,
  }).then(({ body }) => expectSame('trainings of the own institute', body.items.length, own));
  for (const { id } of trainings) {
    await ask<Enrolment>(learner, `POST /v1/trainings/${id}/enrolments`, {
      status: 201,
      like: { learnerId: learner.name, state: 'enrolled' },
      says: ({ state }) => `我要报名: ${state}, and nothing is credited yet`,
    });
  }
  await credited(stage, 600);
  clock.setTo('2016-11-03T09:00:00+08:00');
  for (const each of trainings) {
    await ask<EnrolmentsReviewed>(organiserOf(each), `POST /v1/trainings/${each.id}/enrolments/review`, {
      json: { decision: 'confirm', items: [{ learnerId: learner.name }] },
      status: 200,
      like: { changed: 1, unchanged: 0 },
      says: () => `confirmed with ${each.hours} h`,
    });
  }
  await credited(stage, 40 * 3_600 + 600);
}

const countOf = (officer: Caller) => trainings.filter((each) => organiserOf(each) === officer).length;

/** The event lies months back, and one can enrol until the year is over, as the guide has it. */
const fieldsOf = ({ title, place, category, organiser, from, to, hours }: GuideTraining) => ({
  title,
  kind: 'training',
  form: '混合培训',
  category,
  organiser,
  contact: '人事处',
  place,
  capacity: 100,
  onlineSeconds: 0,
  offlineSeconds: hours * 3_600,
  startsAt: `${from}T09:00:00+08:00`,
  endsAt: `${to}T17:00:00+08:00`,
  enrolFrom: `${from}T09:00:00+08:00`,
  enrolUntil: '2016-12-31T00:00:00+08:00',
});

async function credited({ ask }: Stage, seconds: number): Promise<void> {
  await ask<{ total: { creditedSeconds: number } }>(
    learner,
    `GET /v1/learners/${learner.name}/credits?year=2016`,
    {
      status: 200,
      like: { closed: false, total: { creditedSeconds: seconds } },
      says: ({ total }) => `${hoursOf(total.creditedSeconds)} h credited so far`,
    },
  );
}

const selfStudy = {
  category: 'self-study',
  title: '《材料科学基础》, 阅读并作笔记',
  from: '2016-01-04',
  to: '2016-10-31',
  seconds: 48 * 3_600,
};
const external = {
  category: 'offline',
  kind: 'training',
  title: '材料显微分析技术培训班',
  from: '2016-08-22',
  to: '2016-08-22',
  seconds: 4 * 3_600,
  provider: '东北大学',
  place: '沈阳',
  evidence: [{ url: 'https://example.org/certificates/4711' }],
};

async function declarations({ ask, clock }: Stage): Promise<void> {
  clock.setTo('2016-11-15T09:00:00+08:00');
  const declared: string[] = [];
  for (const [key, activity] of Object.entries({ 'self-study-1': selfStudy, 'external-1': external })) {
    const declare = {
      json: activity,
      headers: { 'Idempotency-Key': key },
      status: 201,
      like: { state: 'submitted', seconds: activity.seconds, grantedSeconds: null },
      says: ({ state, seconds }: Activity) =>
        `${hoursOf(seconds)} h ${activity.category} ${state}: ${activity.title}`,
    };
    const { body } = await ask<Activity>(learner, 'POST /v1/activities', declare);
    const again = await ask<Activity>(learner, 'POST /v1/activities', {
      ...declare,
      says: () => 'posted again with its Idempotency-Key: the same activity, not a second one',
    });
    expectSame('the same activity', again.body.activityId, body.activityId);
    declared.push(body.activityId);
  }
  clock.setTo('2016-12-01T09:00:00+08:00');
  const [first = ''] = declared;
  await ask(branchReviewer, `POST /v1/activities/${first}/review`, {
    json: { decision: 'approve' },
    status: 404,
    like: { code: 'activity-not-found' },
    says: () => 'another institute’s reviewer does not see it',
  });
  for (const id of declared) {
    await ask<Activity>(reviewer, `POST /v1/activities/${id}/review`, {
      json: { decision: 'approve', comment: '材料齐全' },
      status: 200,
      like: { state: 'approved', decidedBy: reviewer.name },
      says: ({ state, grantedSeconds }) => `${state}, ${hoursOf(grantedSeconds ?? 0)} h`,
    });
  }
}

async function theRecord({ ask }: Stage): Promise<void> {
  const { body: record } = await ask<StudyRecord>(
    learner,
    `GET /v1/learners/${learner.name}/record?from=2016-01&to=2016-12`,
    { status: 200, says: ({ head }) => `${head.creditedSeconds} s of ${head.goalSeconds} s, as JSON:` },
  );
  tellJson(record);
  const { learnerId, from, to, trainings: rows, activities, courseware, exams, ...figures } = record;
  expectSame('whose record, of which months', [learnerId, from, to], [learner.name, '2016-01', '2016-12']);
  expectSame('the figures of the guide’s screen', figures, figuresOf2016);
  expectSame('lists', [rows.length, activities.length, courseware.length, exams.length], [9, 2, 1, 0]);
  expectLike('the courseware', courseware[0], { watchedSeconds: 600, creditedSeconds: 600 });
  tell('every figure is the guide’s; and as the guide prints it, line by line, made of the service’s JSON:');
  const lines = linesOf(record);
  for (const [n, line] of printedLines.entries()) tellEqual(line, lines[n] ?? '');
  for (const printed of printedTrainings) {
    const row = rows.find(({ trainingId }) => trainingId === printed.id);
    tellEqual(printedRow(printed), row === undefined ? 'nothing' : rowOf(row));
  }
}

const hoursOf = (seconds: number) => Math.round((seconds / 3_600) * 100) / 100;
