import type { CreditsRow } from '@watchledger/contract';
import type { Named } from '@watchledger/usecases';
import { type Column, csvTable } from '../http/csv-table.ts';

/** Credits of many as CSV (RFC 4180) with a header; "no cap" is an empty cell. */
export const creditsCsv = (rows: AsyncIterable<Named<CreditsRow>>): AsyncIterable<string> =>
  csvTable(columns, rows);

const columns: Readonly<Record<string, Column<Named<CreditsRow>>>> = {
  learnerId: (row) => row.learnerId,
  year: (row) => row.year,
  closed: (row) => row.closed,
  onlineWatchedSeconds: (row) => row.online.watchedSeconds,
  onlineDeclaredSeconds: (row) => row.online.declaredSeconds,
  onlineTrainingSeconds: (row) => row.online.trainingSeconds,
  onlineSeconds: (row) => row.online.seconds,
  onlineCreditedSeconds: (row) => row.online.creditedSeconds,
  onlineCreditedMinutes: (row) => row.online.creditedMinutes,
  onlineCapSeconds: (row) => row.online.capSeconds,
  onlineRemainingSeconds: (row) => row.online.remainingSeconds,
  selfStudySeconds: (row) => row.selfStudy.seconds,
  selfStudyCreditedSeconds: (row) => row.selfStudy.creditedSeconds,
  selfStudyCapSeconds: (row) => row.selfStudy.capSeconds,
  selfStudyRemainingSeconds: (row) => row.selfStudy.remainingSeconds,
  offlineExternalSeconds: (row) => row.offline.externalSeconds,
  offlineTrainingSeconds: (row) => row.offline.trainingSeconds,
  offlineSeconds: (row) => row.offline.seconds,
  offlineCreditedSeconds: (row) => row.offline.creditedSeconds,
  offlineCapSeconds: (row) => row.offline.capSeconds,
  offlineRemainingSeconds: (row) => row.offline.remainingSeconds,
  totalSeconds: (row) => row.total.seconds,
  totalCreditedSeconds: (row) => row.total.creditedSeconds,
  totalGoalSeconds: (row) => row.total.goalSeconds,
  totalMissingSeconds: (row) => row.total.missingSeconds,
  name: (row) => row.name,
  organisationId: (row) => row.organisationId,
};
