import { createActivities } from '../activities/ledger.ts';
import type { ActivitiesLedger } from '../activities/port.ts';
import { type AuditLedger, createAudit } from '../audit/search.ts';
import { type ConcernedLedger, createConcerned } from '../concerned/ledger.ts';
import type { Desk } from '../database/desk.ts';
import { createEnrolments } from '../enrolments/ledger.ts';
import type { EnrolmentsLedger } from '../enrolments/port.ts';
import { createEvidence } from '../evidence/ledger.ts';
import type { EvidenceLedger } from '../evidence/port.ts';
import { createExams } from '../exams/ledger.ts';
import type { ExamsLedger } from '../exams/port.ts';
import { createNotices } from '../notices/ledger.ts';
import type { NoticesLedger } from '../notices/port.ts';
import { createPeople } from '../people/ledger.ts';
import type { PeopleLedger } from '../people/port.ts';
import { createPlayed, type PlayedLedger } from '../played/ledger.ts';
import { createRehearsals } from '../rehearsals/ledger.ts';
import type { RehearsalsLedger } from '../rehearsals/port.ts';
import { createSnapshots, type SnapshotsLedger } from '../snapshots/ledger.ts';
import { createSupervision } from '../supervision/ledger.ts';
import type { SupervisionLedger } from '../supervision/port.ts';
import { createTrainings } from '../trainings/ledger.ts';
import type { TrainingsLedger } from '../trainings/port.ts';
import { createYears } from '../years/ledger.ts';
import type { YearsLedger } from '../years/port.ts';

/** All that offices keep: who there is, what was declared, held, decided and closed. */
export interface OfficeLedger {
  readonly people: PeopleLedger;
  readonly activities: ActivitiesLedger;
  readonly evidence: EvidenceLedger;
  readonly trainings: TrainingsLedger;
  readonly enrolments: EnrolmentsLedger;
  readonly exams: ExamsLedger;
  readonly notices: NoticesLedger;
  readonly years: YearsLedger;
  readonly audit: AuditLedger;
  readonly concerned: ConcernedLedger;
  readonly rehearsals: RehearsalsLedger;
  readonly snapshots: SnapshotsLedger;
  readonly played: PlayedLedger;
  readonly supervision: SupervisionLedger;
}

/** All of it over one desk, and so the same in both databases. */
export const createOffice = (desk: Desk): OfficeLedger => ({
  people: createPeople(desk),
  activities: createActivities(desk),
  evidence: createEvidence(desk),
  trainings: createTrainings(desk),
  enrolments: createEnrolments(desk),
  exams: createExams(desk),
  notices: createNotices(desk),
  years: createYears(desk),
  audit: createAudit(desk),
  concerned: createConcerned(desk),
  rehearsals: createRehearsals(desk),
  snapshots: createSnapshots(desk),
  played: createPlayed(desk),
  supervision: createSupervision(desk),
});
