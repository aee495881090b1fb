import type { RecordFigures } from '@watchledger/contract';
import type { Named } from '@watchledger/usecases';
import { type Column, csvTable } from '../http/csv-table.ts';

/** Records of many as CSV (RFC 4180) with a header. */
export const recordsCsv = (rows: AsyncIterable<Named<RecordFigures>>): AsyncIterable<string> =>
  csvTable(columns, rows);

const columns: Readonly<Record<string, Column<Named<RecordFigures>>>> = {
  learnerId: (row) => row.learnerId,
  from: (row) => row.from,
  to: (row) => row.to,
  year: (row) => row.head.year,
  yearCreditedSeconds: (row) => row.head.creditedSeconds,
  yearMissingSeconds: (row) => row.head.missingSeconds,
  totalSeconds: (row) => row.total.seconds,
  totalCreditedSeconds: (row) => row.total.creditedSeconds,
  onlineSeconds: (row) => row.online.seconds,
  onlineCreditedSeconds: (row) => row.online.creditedSeconds,
  onlineWatchedSeconds: (row) => row.online.watchedSeconds,
  onlineDeclaredSeconds: (row) => row.online.declaredSeconds,
  onlineTrainingSeconds: (row) => row.online.trainingSeconds,
  selfStudySeconds: (row) => row.selfStudy.seconds,
  selfStudyCreditedSeconds: (row) => row.selfStudy.creditedSeconds,
  offlineSeconds: (row) => row.offline.seconds,
  offlineCreditedSeconds: (row) => row.offline.creditedSeconds,
  offlineExternalSeconds: (row) => row.offline.externalSeconds,
  offlineTrainingSeconds: (row) => row.offline.trainingSeconds,
  trainings: (row) => row.counts.trainings,
  externalTrainings: (row) => row.counts.externalTrainings,
  selfStudy: (row) => row.counts.selfStudy,
  courseware: (row) => row.counts.courseware,
  externalNetwork: (row) => row.counts.externalNetwork,
  exams: (row) => row.counts.exams,
  examPassRate: (row) => row.counts.examPassRate,
  name: (row) => row.name,
  organisationId: (row) => row.organisationId,
};
