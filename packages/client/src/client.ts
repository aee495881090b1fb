import { type ActivitiesClient, activitiesClient } from './activities.ts';
import { type AuditClient, auditClient } from './audit.ts';
import { type CoursewareClient, coursewareClient } from './courseware.ts';
import { type CreditsClient, creditsClient } from './credits.ts';
import { type EnrolmentsClient, enrolmentsClient } from './enrolments.ts';
import { type EvidenceClient, evidenceClient } from './evidence.ts';
import { type ExamsClient, examsClient } from './exams.ts';
import { type ClientOptions, createHttp } from './http.ts';
import { type NoticesClient, noticesClient } from './notices.ts';
import { type PeopleClient, peopleClient } from './people.ts';
import { type RecordClient, recordClient } from './record.ts';
import { createRequests } from './requests.ts';
import { type SupervisionClient, supervisionClient } from './supervision.ts';
import { type TrainingsClient, trainingsClient } from './trainings.ts';
import { type YearsClient, yearsClient } from './years.ts';

/** All that a back end can ask: each part says what it is for, and which scope it needs. */
export interface WatchLedgerClient
  extends CreditsClient,
    CoursewareClient,
    PeopleClient,
    ActivitiesClient,
    EvidenceClient,
    TrainingsClient,
    EnrolmentsClient,
    ExamsClient,
    NoticesClient,
    RecordClient,
    YearsClient,
    SupervisionClient,
    AuditClient {}

/**
 * A client for back ends. Every method rejects with `WatchLedgerError` where the service says no.
 * @example createClient({ endpoint: 'https://hours.example.org', token: () => mintToken() })
 */
export function createClient(options: ClientOptions): WatchLedgerClient {
  const requests = createRequests(createHttp(options));
  return {
    ...creditsClient(requests),
    ...coursewareClient(requests),
    ...peopleClient(requests),
    ...activitiesClient(requests),
    ...evidenceClient(requests),
    ...trainingsClient(requests),
    ...enrolmentsClient(requests),
    ...examsClient(requests),
    ...noticesClient(requests),
    ...recordClient(requests),
    ...yearsClient(requests),
    ...auditClient(requests),
    ...supervisionClient(requests),
  };
}
