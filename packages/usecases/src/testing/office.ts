import type { OfficeLedger } from '@watchledger/ledger';
import { type PlantedSession, sessionIdOf } from '@watchledger/ledger/testing';
import {
  createCalendar,
  defaultPolicy,
  type Instant,
  instant,
  type Policy,
  parseDay,
} from '@watchledger/rules';
import type { ActivitiesContext } from '../activities/context.ts';
import type { EvidenceStore } from '../activities/evidence-store.ts';
import type { AuditContext } from '../audit/audit-trail.ts';
import type { CoursewareContext } from '../courseware/context.ts';
import { putCourseware } from '../courseware/put-courseware.ts';
import type { NoticesContext } from '../notices/index.ts';
import type { PolicyContext } from '../policy/adopt-policy.ts';
import { createPolicyInForce } from '../policy/policy-in-force.ts';
import type { PreviewContext } from '../previews/context.ts';
import type { RecordContext } from '../record/context.ts';
import type { StatisticsContext } from '../statistics/context.ts';
import { createRemembered } from '../statistics/remembered.ts';
import type { Survey } from '../statistics/survey.ts';
import type { TrainingsContext } from '../trainings/context.ts';
import type { YearsContext } from '../years/context.ts';
import { type LedgerUnderTest, ledgerOfThisRun } from './ledger-of-this-run.ts';

/** For tests: everything that the use-cases of an office need, on a real database, with a clock to set. */
export type Office = CoursewareContext &
  RecordContext &
  StatisticsContext &
  PolicyContext &
  ActivitiesContext &
  TrainingsContext &
  NoticesContext &
  YearsContext &
  PreviewContext &
  AuditContext &
  OfficeLedger &
  Tools;

interface Tools {
  setClock(moment: string): void;
  /** Puts courseware whose limit is given in minutes. */
  put(id: string, limitMinutes: number): Promise<void>;
  /** Lets a learner watch some minutes from a moment on, within one day. */
  watch(learnerId: string, coursewareId: string, from: string, minutes: number): Promise<void>;
  plant(sessions: readonly PlantedSession[]): Promise<void>;
  readonly ledger: LedgerUnderTest;
}

/** For tests: an empty office, at noon of 1 March 2026 in Shanghai. */
export async function openOffice(policy: Policy = defaultPolicy): Promise<Office> {
  const calendar = createCalendar(policy.timeZone);
  const ledger = await ledgerOfThisRun(calendar);
  const { courseware, credits, policies, viewing } = ledger;
  let present: Instant = at('2026-03-01 12:00');
  let sessions = 0;
  const office: Office = {
    ledger,
    policy,
    calendar,
    now: () => present,
    lockTime: async () => present,
    courseware,
    credits,
    viewing,
    policies,
    ...ledger.office,
    evidenceStore: memoryEvidence(),
    surveys: createRemembered<number, Survey>({ freshMs: 60_000, clock: () => present }),
    policyInForce: createPolicyInForce({ policies, courseware, policy }),
    setClock: (moment) => {
      present = at(moment);
    },
    put: async (id, limitMinutes) => {
      const fields = { title: `Title of ${id}`, kind: 'video', limitSeconds: limitMinutes * 60 } as const;
      await putCourseware(office, { actor: 'ann', id, fields });
    },
    watch: async (learnerId, coursewareId, from, minutes) => {
      sessions += 1;
      const day = parseDay(from.slice(0, 10));
      const sessionId = sessionIdOf(`watched ${sessions}`);
      await office.plant([
        { sessionId, learnerId, coursewareId, openedAt: at(from), days: [[day, minutes * 60_000]] },
      ]);
    },
    plant: (planted) => ledger.plant(planted),
  };
  return office;
}

/** Files that are gone with the test. */
function memoryEvidence(): EvidenceStore {
  const files = new Map<string, Uint8Array>();
  return {
    put: async (name, bytes) => void files.set(name, bytes),
    remove: async (name) => void files.delete(name),
    get: async (name) => files.get(name) ?? null,
  };
}

/** For tests: a moment `YYYY-MM-DD HH:MM` in Shanghai. */
export const at = (moment: string): Instant => instant(Date.parse(`${moment.replace(' ', 'T')}+08:00`));
