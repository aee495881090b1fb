import type {
  AccountingYear,
  Activity,
  Credits,
  EnrolmentsReviewed,
  StudyRecord,
} from '@watchledger/contract';
import { sessionIdOf } from '@watchledger/ledger/testing';
import { createCalendar, parseDay } from '@watchledger/rules';
import {
  type Answer,
  type Api,
  api,
  startService,
  type TestService,
  temporaryFolder,
} from '../harness/index.ts';
import { plant } from '../stores/plant.ts';
import { type Stores, startStores } from '../stores/stores.ts';

export const HOUR = 3_600;
/** By the machine's clock, as for the service. */
export const thisYear = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
export const lastYear = thisYear - 1;

/** A service, those who work with it, and viewings of whole hours that nobody needs to wait for. */
export interface RecordOffice {
  readonly service: TestService;
  readonly stores: Stores;
  readonly admin: Api;
  readonly reviewer: Api;
  /** A learner, or who else is named, with a token of these claims. */
  as(sub: string, scope: string, claims?: object): Api;
  put(coursewareId: string, hours: number): Promise<void>;
  /** Watched from eight in the morning on. */
  watched(learner: string, coursewareId: string, day: string, hours: number): Promise<void>;
  approved(learner: string, activity: object, grantedSeconds?: number): Promise<Activity>;
  /** A training of one day, and those who took part. */
  held(trainingId: string, fields: object, learners: readonly string[]): Promise<void>;
  credits(learner: string, year?: number): Promise<Credits>;
  record(learner: string, from: string, to: string): Promise<StudyRecord>;
  close(year: number): Promise<AccountingYear>;
}

export async function openRecordOffice(policy?: object): Promise<RecordOffice> {
  const stores = await startStores();
  const env = { ...stores.env, EVIDENCE_FOLDER: temporaryFolder() };
  const service = await startService({ env, ...(policy && { policy }) });
  const as = (sub: string, scope: string, claims: object = {}) =>
    api(service.url, service.token({ sub, scope, ...claims }));
  const admin = as('admin', 'admin');
  const reviewer = as('reviewer', 'review');
  const reader = as('lms', 'credits:read');
  const calendar = createCalendar('Asia/Shanghai');
  let sessions = 0;
  return {
    service,
    stores,
    admin,
    reviewer,
    as,
    put: async (id, hours) => {
      const fields = { title: `The ${id}`, kind: 'video', limitSeconds: hours * HOUR };
      done(await admin.put(`/v1/courseware/${id}`, fields));
    },
    watched: async (learnerId, coursewareId, day, hours) => {
      sessions += 1;
      const openedAt = calendar.startOf(parseDay(day)) + 8 * HOUR * 1_000 + sessions;
      const days = [[parseDay(day), hours * HOUR * 1_000]] as const;
      await plant(service.databaseUrl, [
        { sessionId: sessionIdOf(`planted ${sessions}`), learnerId, coursewareId, openedAt, days },
      ]);
    },
    approved: async (learner, activity, grantedSeconds) => {
      const declared = { title: 'Study', ...activity };
      const { activityId } = done(await as(learner, 'watch').post<Activity>('/v1/activities', declared));
      const decision = { decision: 'approve', ...(grantedSeconds !== undefined && { grantedSeconds }) };
      return done(await reviewer.post<Activity>(`/v1/activities/${activityId}/review`, decision));
    },
    held: async (id, fields, learners) => {
      done(await reviewer.put(`/v1/trainings/${id}`, training(fields)));
      const items = learners.map((learnerId) => ({ learnerId }));
      done(await reviewer.post<EnrolmentsReviewed>(`/v1/trainings/${id}/attendance`, { items }));
    },
    credits: async (learner, year = thisYear) =>
      done(await reader.get<Credits>(`/v1/learners/${learner}/credits?year=${year}`)),
    record: async (learner, from, to) =>
      done(await reader.get<StudyRecord>(`/v1/learners/${learner}/record?from=${from}&to=${to}`)),
    close: async (year) => done(await admin.post<AccountingYear>(`/v1/years/${year}/close`)),
  };
}

/** A training of one day of this year, unless told otherwise. */
export const training = (fields: object): object => ({
  title: 'A training',
  kind: 'training',
  form: '混合培训',
  category: '其他培训',
  organiser: '金属研究所',
  place: '沈阳',
  onlineSeconds: 0,
  offlineSeconds: 4 * HOUR,
  startsAt: `${thisYear}-01-20T09:00:00+08:00`,
  endsAt: `${thisYear}-01-20T17:00:00+08:00`,
  ...fields,
});

/** The body of an answer that must not be a refusal. */
export function done<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 400) throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
  return body;
}
