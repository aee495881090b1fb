import { createClient, type WatchLedgerClient } from '@watchledger/client';
import type { Activity } from '@watchledger/contract';
import { type Answer, type Api, api, type TestService } from '../harness/index.ts';
import { dayOf, dayText, momentText, thisYear, today } from './calendar.ts';
import { allCourseware, coursewareOfThisYear } from './courseware.ts';
import type { Dice } from './dice.ts';
import { officers, type TourLearner } from './people.ts';
import { declared, exams, institutes, places, trainings } from './words.ts';

const HOUR = 3_600;

/** All that offices and learners do through the API, so that the audit trail is true. */
export interface Offices {
  readonly admin: Api;
  readonly headquarters: Api;
  /** Headquarters and admin, for tables. */
  readonly tables: Pick<WatchLedgerClient, 'importLearners' | 'importHistory'>;
  as(learnerId: string): Api;
}

export function officesOf(service: Pick<TestService, 'url' | 'token'>): Offices {
  const as = (sub: string, scope: string) => api(service.url, service.token({ sub, scope }));
  const { admin, headquarters } = officers;
  const token = service.token({ sub: admin.sub, scope: admin.scope });
  return {
    tables: createClient({ endpoint: service.url, token }),
    admin: as(admin.sub, admin.scope),
    headquarters: as(headquarters.sub, headquarters.scope),
    as: (learnerId) => as(learnerId, 'watch'),
  };
}

/** Institutes, the roster, courseware with a corrected limit or two. */
export async function open({ admin, tables }: Offices, learners: readonly TourLearner[]): Promise<void> {
  for (const { id, name } of institutes) done(await admin.put(`/v1/organisations/${id}`, { name }));
  const lines = learners.map(
    ({ learnerId, name, organisationId, active }) => `${learnerId},${name},${organisationId},${active}`,
  );
  await tables.importLearners(csv('learnerId,name,organisationId,active', lines));
  const [mistaken, outdated] = [coursewareOfThisYear(3), coursewareOfThisYear(21)];
  for (const each of allCourseware) {
    const { id, title, kind, limitMinutes, mediaMinutes } = each;
    const mediaSeconds = mediaMinutes === 0 ? {} : { mediaSeconds: mediaMinutes * 60 };
    const limitSeconds = (each === mistaken ? limitMinutes / 2 : limitMinutes) * 60;
    done(await admin.put(`/v1/courseware/${id}`, { title, kind, limitSeconds, ...mediaSeconds }));
  }
  const limitSeconds = mistaken.limitMinutes * 60;
  const reason = '课件时长录入有误，按实际时长更正';
  done(await admin.patch(`/v1/courseware/${mistaken.id}`, { limitSeconds, reason }));
  done(await admin.patch(`/v1/courseware/${outdated.id}`, { open: false, reason: '流程已更新，待新版' }));
}

/** Trainings of a year that are over, and who took part in them. */
export async function hold(
  { headquarters }: Offices,
  learners: readonly TourLearner[],
  year: number,
  dice: Dice,
): Promise<void> {
  for (const [nth, [title, , , , days]] of trainings.entries()) {
    const day = dayOf(year, (nth + 0.2) / (trainings.length + 1));
    const id = `t-${year}-${String(nth + 1).padStart(2, '0')}`;
    if (day + days > today) continue;
    const fields = trainingFields(nth, day, days);
    done(await headquarters.put(`/v1/trainings/${id}`, { ...fields, title: `${title}（${year}）` }));
    const items = learners
      .filter(({ diligence }) => diligence > 0 && dice.happens(0.03 + 0.12 * diligence))
      .map(({ learnerId }) => ({ learnerId }));
    if (items.length > 0) done(await headquarters.post(`/v1/trainings/${id}/attendance`, { items }));
  }
}

function trainingFields(nth: number, day: ReturnType<typeof dayOf>, days: number) {
  const [title = '', category = '', online = 0, offline = 0] = trainings[nth] ?? [];
  return {
    title,
    kind: title.startsWith('学术报告') ? 'academic-report' : 'training',
    form: online === 0 ? '面授' : '混合培训',
    category,
    organiser: institutes[nth % institutes.length]?.name ?? '',
    place: places[nth % places.length],
    content: `${title}的主要内容、实际操作与交流讨论。`,
    contact: '人事教育处 024-0000 0000',
    capacity: nth === 5 ? 400 : null,
    onlineSeconds: online * HOUR,
    offlineSeconds: offline * HOUR,
    startsAt: momentText(day, 9),
    endsAt: momentText(day, 17, days - 1),
  };
}

/** Trainings that one can enrol in now, one that is over and awaits its confirmation, and who has enrolled. */
export async function announce(
  offices: Offices,
  learners: readonly TourLearner[],
  dice: Dice,
): Promise<void> {
  const { headquarters } = offices;
  const soon = [
    ['t-soon-1', 4, today + 12],
    ['t-soon-2', 9, today + 5],
    ['t-soon-3', 2, today + 30],
    ['t-held', 7, today - 6],
  ] as const;
  for (const [id, nth, first] of soon) {
    const day = first as number as ReturnType<typeof dayOf>;
    const fields = trainingFields(nth, day, trainings[nth]?.[4] ?? 1);
    const enrolUntil = momentText(today, 17, 40);
    done(await headquarters.put(`/v1/trainings/${id}`, { ...fields, enrolUntil }));
    for (const { learnerId } of learners.slice(0, 160)) {
      if (dice.happens(0.12) || (learnerId === learners[0]?.learnerId && id !== 't-soon-3'))
        done(await offices.as(learnerId).post(`/v1/trainings/${id}/enrolments`));
    }
  }
}

/** Study elsewhere that an office brings from its tables, approved. */
export async function bring(
  { tables }: Offices,
  learners: readonly TourLearner[],
  year: number,
  yearShare: number,
  dice: Dice,
): Promise<void> {
  const lines = learners.flatMap(({ learnerId, diligence }) =>
    Array.from({ length: Math.round(diligence * 3 * yearShare) }, (_, nth) => {
      const [category, title, most] = dice.one(declared);
      const day = dayOf(year, dice.share() * 0.96);
      const hours = Math.max(1, Math.round(most * (0.4 + 0.6 * dice.share())));
      const last = Math.min(Math.ceil(hours / 8), today - day);
      const to = dayText(day, Math.max(0, last));
      const within = to.startsWith(String(year)) ? to : dayText(day);
      const possible = within === dayText(day) ? Math.min(hours, 10) : hours;
      return `${year}-${nth},${learnerId},${category},${title},${dayText(day)},${within},${possible}`;
    }),
  );
  await tables.importHistory(csv('reference,learnerId,category,title,from,to,hours', lines));
}

/** What learners themselves declare, in every state that it can be in. */
export async function declare(offices: Offices, learners: readonly TourLearner[], dice: Dice): Promise<void> {
  const active = learners.filter(({ diligence, active }) => active && diligence > 0);
  for (const [nth, { learnerId }] of active.slice(0, 90).entries()) {
    const own = offices.as(learnerId);
    for (let each = 0; each < (nth === 0 ? 6 : 1); each += 1) {
      const state = (nth + each) % 6;
      const [category, title, most] = dice.one(declared);
      const day = dayOf(thisYear, 0.8 + dice.share() * 0.19);
      const fields = {
        category,
        title,
        ...(category === 'offline' && { kind: 'training', place: dice.one(places), provider: '中国科学院' }),
        from: dayText(day),
        to: dayText(day),
        seconds: Math.min(most, dice.whole(2, 9)) * HOUR,
        note: '附学习笔记，请审核。',
        evidence: [{ url: `https://example.org/certificates/${learnerId}-${each}` }],
      };
      const path = `/v1/activities${state === 0 ? '?draft=true' : ''}`;
      const { activityId } = done(await own.post<Activity>(path, fields));
      if (state === 2) await review(offices, activityId, { decision: 'approve' });
      if (state === 3)
        await review(offices, activityId, {
          decision: 'approve',
          grantedSeconds: HOUR,
          comment: '按证书时长核定',
        });
      if (state === 4)
        await review(offices, activityId, { decision: 'reject', comment: '缺少证明材料，请补充后重新提交' });
    }
  }
}

const review = async ({ headquarters }: Offices, activityId: string, decision: object) =>
  done(await headquarters.post(`/v1/activities/${activityId}/review`, decision));

/** Results of exams, as a back end tells them. */
export async function examine(
  { admin }: Offices,
  learners: readonly TourLearner[],
  dice: Dice,
): Promise<void> {
  for (const [nth, title] of exams.entries()) {
    const takenOn = dayText(dayOf(thisYear, 0.3 + nth * 0.2));
    for (const { learnerId } of learners.slice(0, 40)) {
      const score = dice.whole(48, 100);
      const exam = {
        examId: `exam-${thisYear}-${nth + 1}`,
        learnerId,
        title,
        takenOn,
        passed: score >= 60,
        score,
      };
      done(await admin.post('/v1/exams', exam));
    }
  }
}

/** Closes a past year. */
export async function close({ admin }: Offices, year: number): Promise<void> {
  done(await admin.post(`/v1/years/${year}/close`, { reason: '年度结算' }));
}

const csv = (head: string, lines: readonly string[]): string => `${[head, ...lines].join('\n')}\n`;

/** The body of an answer that must not be a refusal. */
function done<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 400) throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
  return body;
}
