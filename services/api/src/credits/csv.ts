import type { CreditsRow } from '@watchledger/contract';

/** Credits of many as CSV (RFC 4180) with a header; "no cap" is an empty cell. */
export const creditsCsv = (rows: AsyncIterable<CreditsRow & Named>): AsyncIterable<string> =>
  csvTable(columns, rows);

interface Named {
  readonly name: string | null;
  readonly organisationId: string | null;
}

type Cell = string | number | boolean | null;
export type Column<Row> = (row: Row) => Cell;

/** A table with a header, led by the byte order mark by which Excel knows UTF-8. */
export async function* csvTable<Row>(
  columns: Readonly<Record<string, Column<Row>>>,
  rows: AsyncIterable<Row>,
): AsyncIterable<string> {
  yield `\uFEFF${csvLine(Object.keys(columns))}`;
  const cells = Object.values(columns);
  for await (const row of rows) yield csvLine(cells.map((cell) => cell(row)));
}

const columns: Readonly<Record<string, Column<CreditsRow & Named>>> = {
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

const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** One cell; text that a spreadsheet would take for a formula is led by an apostrophe (T19). */
export function csvCell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
