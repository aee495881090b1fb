import type {
  AccountingYear,
  Activity,
  AuditEntry,
  AuditPage,
  CoursewareChangesPage,
  CreditDifference,
  Credits,
  CreditsPage,
  OpenedSession,
  Preview,
  ProblemDocument,
  YearComparison,
} from '@watchledger/contract';
import { inShanghai } from './clock.ts';
import { colleagues, editor, headquarters, learner, portal, reviewer } from './people.ts';
import type { Stage } from './stage.ts';
import { expectLike, expectSame, tell, tellChapter } from './teller.ts';
import { watch } from './viewing.ts';

/** They watch 2, 4, … 24 minutes of a document that should earn two hours, and by mistake earns twelve minutes. */
const viewers = colleagues.map((caller, n) => ({ caller, minutes: 2 * (n + 1) }));
const minutesWith = (limit: number) => viewers.map(({ minutes }) => Math.min(minutes, limit));
const mistaken = 12;
const corrected = 120;
const lowered = 6;

/** Part 2: a limit is corrected, and moves every open year and no closed one. */
export async function limitCorrected(stage: Stage): Promise<void> {
  const { ask, clock } = stage;
  tellChapter('2  A limit that is wrong');
  await ask(editor, 'PUT /v1/courseware/cw-safety', {
    json: { title: '实验室安全手册', kind: 'document', limitSeconds: mistaken * 60 },
    status: 201,
    says: () => `a document that should earn ${corrected} min, and by mistake earns ${mistaken} min`,
  });
  await watch(stage, 'cw-safety', viewers);
  await minutesAre(stage, 'as they were watched', mistaken);

  tellChapter('2  Corrected: previewed first, then saved');
  await previewed(stage);
  await minutesAre(stage, 'after the preview, which changes nothing', mistaken);
  await saveLimit(stage, { minutes: corrected, reason: 'two hours were meant' });
  await minutesAre(stage, 'after the correction', corrected);

  tellChapter('2  The year is closed');
  const undecided = await declareUndecided(stage);
  const late = await breakOff(stage);
  await ask<ProblemDocument>(headquarters, 'POST /v1/years/2016/close', {
    json: {},
    status: 409,
    like: { code: 'year-not-closable' },
    says: ({ detail }) => detail ?? '',
  });
  clock.setTo('2017-01-16T09:00:00+08:00');
  await ask<ProblemDocument>(headquarters, 'POST /v1/years/2016/close', {
    json: {},
    status: 409,
    like: { code: 'year-not-closable', pending: { activities: 1, enrolments: 0 } },
    says: ({ detail }) => detail ?? '',
  });
  const { body: closed } = await ask<AccountingYear>(headquarters, 'POST /v1/years/2016/close', {
    json: { reason: '2016年度结账', leavePending: true },
    status: 200,
    like: { year: 2016, state: 'closed', closedBy: headquarters.name, learners: colleagues.length + 1 },
    says: ({ learners, checksum }) => `${learners} learners frozen, checksum ${checksum?.slice(0, 12)}…`,
  });
  await ask<AccountingYear>(headquarters, 'POST /v1/years/2016/close', {
    json: {},
    status: 200,
    like: { checksum: closed.checksum, closedAt: closed.closedAt },
    says: () => 'repeated, it changes nothing',
  });

  tellChapter('2  The limit changes again: the closed year does not');
  await ask<Preview>(editor, 'PATCH /v1/courseware/cw-safety?preview=true', {
    json: { limitSeconds: lowered * 60 },
    status: 200,
    like: { preview: true, gaining: 0, losing: 0, gainedSeconds: 0, lostSeconds: 0 },
    says: ({ learners, losing }) => `previewed: ${losing} of ${learners} would lose anything`,
  });
  await saveLimit(stage, { minutes: lowered, reason: 'it was shortened' });
  await minutesAre(stage, 'of the closed year', corrected);
  await comparison(stage, closed);
  await refusedInClosedYear(stage, undecided);
  await reportLate(stage, late);

  tellChapter('2  The audit trail');
  await auditTrail(stage);
}

/** Credited online minutes of every colleague in 2016: each what was watched, up to the limit. */
async function minutesAre({ ask }: Stage, when: string, limit: number): Promise<void> {
  const query = colleagues.map(({ name }) => `learnerId=${name}`).join('&');
  const { body } = await ask<CreditsPage>(portal, `GET /v1/credits?year=2016&${query}`, {
    status: 200,
    quiet: true,
  });
  const minutes = body.items.map(({ online }) => online.creditedSeconds / 60);
  expectSame(`credited minutes ${when}`, minutes, minutesWith(limit));
  await ask<CreditsPage>(portal, 'GET /v1/credits?year=2016&organisationId=imr', {
    status: 200,
    says: () => `${minutes.join(' ')} min ${when}`,
  }).then(({ body: { items } }) => expectSame('the institute', items.length, colleagues.length + 1));
}

async function previewed({ ask }: Stage): Promise<void> {
  const request = 'PATCH /v1/courseware/cw-safety?preview=true';
  const json = { limitSeconds: corrected * 60, reason: 'two hours were meant' };
  const gains = viewers
    .filter(({ minutes }) => minutes > mistaken)
    .map(({ caller, minutes }) => ({ learnerId: caller.name, seconds: (minutes - mistaken) * 60 }));
  const sums = {
    learners: colleagues.length,
    gaining: gains.length,
    losing: 0,
    gainedSeconds: gains.reduce((sum, { seconds }) => sum + seconds, 0),
    lostSeconds: 0,
  };
  const gained = (items: readonly CreditDifference[]) =>
    items.map(({ learnerId, differenceSeconds }) => ({ learnerId, seconds: differenceSeconds }));

  const { body } = await ask<Preview>(editor, request, {
    json,
    status: 200,
    like: { preview: true, ...sums },
    says: ({ learners, gaining, losing, gainedSeconds }) =>
      `of ${learners}, ${gaining} gain ${gainedSeconds} s in all, ${losing} lose`,
  });
  expectSame('who would gain', gained(body.items), gains);
  for (const { learnerId, year, fromSeconds, toSeconds } of body.items)
    tell(`  ${learnerId} in ${year}: ${fromSeconds} s → ${toSeconds} s`);

  const { body: stream } = await ask<string>(editor, request, {
    json,
    headers: { Accept: 'application/x-ndjson' },
    status: 200,
    says: () => 'the same as a stream of lines, with its progress:',
  });
  const lines = stream.trimEnd().split('\n');
  for (const line of lines) tell(`  ${line}`);
  const read = lines.map((line) => JSON.parse(line));
  expectSame('the last line', read.at(-1), { end: true, count: 6, ...sums });
  expectSame('who would gain, streamed', gained(read.filter((line) => 'learnerId' in line)), gains);
  const progress = read.flatMap((line) => ('progress' in line ? line.progress : []));
  expectLike('the last progress', progress.at(-1), { done: colleagues.length, total: colleagues.length });
  if (progress.length < 2) expectSame('steps of progress', progress.length, 'several');
}

interface NewLimit {
  readonly minutes: number;
  readonly reason: string;
}

/** Saved only if nobody else has changed it since it was looked at. */
async function saveLimit({ ask }: Stage, { minutes, reason }: NewLimit): Promise<void> {
  const path = '/v1/courseware/cw-safety';
  const { etag } = await ask(editor, `GET ${path}`, { status: 200, quiet: true });
  await ask<{ limitSeconds: number }>(editor, `PATCH ${path}`, {
    json: { limitSeconds: minutes * 60, reason },
    headers: { 'If-Match': etag },
    status: 200,
    like: { limitSeconds: minutes * 60 },
    says: ({ limitSeconds }) => `saved: it earns ${limitSeconds / 60} min from now on`,
  });
  await ask<ProblemDocument>(editor, `PATCH ${path}`, {
    json: { limitSeconds: 1 },
    headers: { 'If-Match': etag },
    status: 412,
    like: { code: 'precondition-failed' },
    says: () => 'somebody with the version before is told so',
  });
}

const overYear = {
  category: 'offline',
  title: '年末学术会议',
  from: '2016-12-22',
  to: '2016-12-23',
  seconds: 8 * 3_600,
};

/** What nobody decides about before the year is closed. */
async function declareUndecided({ ask, clock }: Stage): Promise<string> {
  clock.setTo('2016-12-28T09:00:00+08:00');
  const { body } = await ask<Activity>(learner, 'POST /v1/activities', {
    json: overYear,
    status: 201,
    says: ({ state }) => `8 h of ${overYear.to} ${state}, and forgotten`,
  });
  return body.activityId;
}

/** What a page had played when the network went away, and another one was opened. */
interface Unreported {
  readonly path: string;
  readonly watchedMs: number;
}

/** On the last evening of the year a page watches for two minutes that it cannot report. */
async function breakOff({ ask, clock }: Stage): Promise<Unreported> {
  clock.setTo('2016-12-31T21:00:00+08:00');
  const open = async (clientId: string) => {
    const { body } = await ask<OpenedSession>(learner, 'POST /v1/sessions', {
      json: { coursewareId: 'cw-metals', clientId },
      status: 201,
      says: ({ courseware }) => `${clientId}: 《${courseware.title}》 is open`,
    });
    return `/v1/sessions/${body.sessionId}`;
  };
  const path = await open('a-laptop');
  clock.pass(120_000);
  const other = await open('a-phone');
  await ask(learner, `POST ${other}/end`, { json: {}, status: 200, says: () => 'ended at once' });
  return { path, watchedMs: 120_000 };
}

/** It comes back when the year is closed: the time is kept, and credits nothing (R8). */
async function reportLate({ ask }: Stage, { path, watchedMs }: Unreported): Promise<void> {
  const request = `GET /v1/learners/${learner.name}/credits?year=2016`;
  const { body: before } = await ask<Credits>(learner, request, { status: 200, quiet: true });
  await ask<ProblemDocument>(learner, `POST ${path}/heartbeats`, {
    json: { watchedMs, state: 'playing', position: watchedMs / 1_000 },
    status: 409,
    like: { code: 'session-superseded', session: { watchedMs } },
    says: () => `the laptop is back: ${watchedMs / 1_000} s of the last evening are kept`,
  });
  const { body: after } = await ask<Credits>(learner, request, {
    status: 200,
    like: { closed: true },
    says: ({ online }) => `${online.watchedSeconds} s watched, ${online.creditedSeconds} s credited`,
  });
  expectSame('credited in all', after.total.creditedSeconds, before.total.creditedSeconds);
  expectSame('watched', after.online.watchedSeconds, before.online.watchedSeconds + watchedMs / 1_000);
}

async function comparison({ ask }: Stage, { checksum }: AccountingYear): Promise<void> {
  const { body } = await ask<YearComparison>(headquarters, 'GET /v1/years/2016/comparison', {
    status: 200,
    like: { year: 2016, learners: colleagues.length + 1, checksum, intact: true },
    says: ({ intact, different, learners }) =>
      `${intact ? 'as it was closed' : 'changed'}; a fold of today would say otherwise of ${different} of ${learners}`,
  });
  const differing = viewers.filter(({ minutes }) => minutes > lowered);
  expectSame(
    'who differs',
    body.items.map(({ learnerId, online }) => [learnerId, online.frozenSeconds, online.foldedSeconds]),
    differing.map(({ caller, minutes }) => [caller.name, minutes * 60, lowered * 60]),
  );
}

async function refusedInClosedYear({ ask }: Stage, undecided: string): Promise<void> {
  const refused = {
    status: 409,
    like: { code: 'year-closed' },
    says: ({ code, detail }: ProblemDocument) => `${code}: ${detail}`,
  };
  await ask(reviewer, `POST /v1/activities/${undecided}/review`, {
    json: { decision: 'approve' },
    ...refused,
  });
  await ask(learner, 'POST /v1/activities', { json: { ...overYear, title: '又一个会议' }, ...refused });
  await ask(reviewer, 'POST /v1/trainings/t-data/attendance', {
    json: { items: [{ learnerId: 'c-01' }] },
    ...refused,
  });
  await ask(reviewer, 'POST /v1/exams', {
    json: { examId: 'e-1', learnerId: 'c-01', title: '安全考试', takenOn: '2016-12-30', passed: true },
    ...refused,
  });
}

async function auditTrail({ ask }: Stage): Promise<void> {
  await ask<CoursewareChangesPage>(editor, 'GET /v1/courseware/cw-safety/changes', {
    status: 200,
    says: ({ items }) => items.map(({ toLimitSeconds }) => `${(toLimitSeconds ?? 0) / 60} min`).join(' → '),
  }).then(({ body: { items } }) =>
    expectSame(
      'the limits',
      items.map(({ toLimitSeconds }) => toLimitSeconds),
      [mistaken, corrected, lowered].map((minutes) => minutes * 60),
    ),
  );

  const entries: AuditEntry[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body }: { body: AuditPage } = await ask<AuditPage>(
      headquarters,
      `GET /v1/audit?limit=20${after}`,
      {
        status: 200,
        quiet: true,
      },
    );
    entries.push(...body.items);
    cursor = body.nextCursor;
  }
  expectSame(
    'sequence of the audit trail',
    entries.map(({ sequence }) => sequence),
    entries.map((_, n) => n + 1),
  );
  await ask<AuditPage>(headquarters, 'GET /v1/audit?kind=year&id=2016', {
    status: 200,
    says: ({ items }) => `${entries.length} entries in all, ${items.length} about the year:`,
  });
  for (const entry of entries) tell(entryLine(entry));
  const limits = entries.filter(({ subject }) => subject.kind === 'courseware' && subject.id === 'cw-safety');
  expectLike('who has corrected the limit, and why', limits[1], {
    actor: editor.name,
    action: 'updated',
    reason: 'two hours were meant',
  });
}

const entryLine = ({ sequence, at, actor, action, subject, learnerId, changes, reason, seal }: AuditEntry) =>
  [
    String(sequence).padStart(4),
    inShanghai(at),
    actor.padEnd(8),
    `${action} ${subject.kind} ${subject.id.replace(/^.{8}-.{22}/, '…')}`.padEnd(42),
    (learnerId ?? '').padEnd(7),
    seal.slice(0, 8),
    firstOf(changes),
    reason === null ? '' : `“${reason}”`,
  ].join('  ');

const firstOf = (changes: AuditEntry['changes']) => {
  const shown = changes.slice(0, 2).map(({ field, from, to }) => `${field} ${from ?? '–'} → ${to ?? '–'}`);
  return [...shown, ...(changes.length > 2 ? [`and ${changes.length - 2} more`] : [])].join(', ');
};
