import { CoursewareImportRow, type Fault, Problem, readMessage } from '@watchledger/contract';
import { CsvFault, type CsvRecord, readCsv } from './csv.ts';
import { limitHoursToSeconds } from './limit-hours.ts';

export const importLimitBytes = 5 * 1024 * 1024;
const mostRows = 10_000;
/** A line with more cells is no list of courseware; four are used. */
const mostCells = 16;
const mostFaults = 1_000;
const columns = ['id', 'title', 'kind', 'limitHours'] as const;
type Column = (typeof columns)[number];

/**
 * The rows of an imported file with their lines; throws `invalid-request` that names every bad line and field,
 * the first thousand of them. Reads no further than one row too many.
 */
export function readImport(text: string): CoursewareImportRow[] {
  const [header, ...records] = recordsOf(text);
  if (header === undefined) throw refused([{ path: '', message: 'The file is empty.', line: 1 }]);
  const order = columnOrder(header);
  if (records.length > mostRows) {
    throw refused([
      { path: '', message: `has more than ${mostRows} rows`, line: records[mostRows]?.line ?? 1 },
    ]);
  }
  const readings = records.map((record) => readRow(record, order));
  const faults = [...readings.flatMap(({ faults }) => faults), ...repeated(readings)];
  if (faults.length > 0) throw refused(faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  return readings.flatMap(({ row }) => row ?? []);
}

function recordsOf(text: string): CsvRecord[] {
  try {
    const records: CsvRecord[] = [];
    for (const record of readCsv(text, mostCells)) {
      records.push(record);
      if (records.length > 1 + mostRows) break;
    }
    return records;
  } catch (error) {
    if (error instanceof CsvFault) throw refused([{ path: '', message: error.message, line: error.line }]);
    throw error;
  }
}

/** Which cell holds which column; a column that is missing, unknown or there twice is a fault of the header. */
function columnOrder({ cells, line }: CsvRecord): ReadonlyMap<Column, number> {
  const names = cells.map((cell) => cell.trim());
  const fault = (field: string, message: string): Fault => ({
    path: `/${line}/${field}`,
    message,
    line,
    field,
  });
  const faults = [
    ...columns
      .filter((column) => !names.includes(column))
      .map((column) => fault(column, 'is missing in the header')),
    ...names
      .filter((name) => !(columns as readonly string[]).includes(name))
      .map((name) => fault(short(name), 'is not a known column')),
    ...columns
      .filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
      .map((column) => fault(column, 'is there twice')),
  ];
  if (faults.length > 0) throw refused(faults);
  return new Map(columns.map((column) => [column, names.indexOf(column)]));
}

/** Enough of a name to find it by. */
const short = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

interface RowReading {
  readonly line: number;
  readonly row: CoursewareImportRow | null;
  readonly faults: Fault[];
}

function readRow({ line, cells }: CsvRecord, order: ReadonlyMap<Column, number>): RowReading {
  if (cells.length !== order.size) {
    const message = `has ${cells.length} cells instead of ${order.size}`;
    return { line, row: null, faults: [{ path: `/${line}`, message, line }] };
  }
  const cell = (column: Column): string => (cells[order.get(column) ?? -1] ?? '').trim();
  const limitSeconds = limitHoursToSeconds(cell('limitHours'));
  const reading = readMessage(CoursewareImportRow, {
    id: cell('id'),
    title: cell('title'),
    kind: cell('kind'),
    limitSeconds: limitSeconds ?? 0,
  });
  const faults = reading.ok ? [] : reading.faults.map((fault) => atLine(line, fault));
  if (limitSeconds === null) {
    const message = 'must be hours such as 1.5 or 1h30m';
    faults.push({ path: `/${line}/limitHours`, message, line, field: 'limitHours' });
  }
  return { line, row: reading.ok ? reading.value : null, faults };
}

function atLine(line: number, { path, message }: Fault): Fault {
  const field = path.slice(1) === 'limitSeconds' ? 'limitHours' : path.slice(1);
  return { path: `/${line}/${field}`, message, line, field };
}

/** An id on two lines would make the outcome depend on their order. */
function repeated(readings: readonly RowReading[]): Fault[] {
  const firstLine = new Map<string, number>();
  return readings.flatMap(({ row, line }) => {
    if (row === null) return [];
    const earlier = firstLine.get(row.id);
    if (earlier === undefined) firstLine.set(row.id, line);
    return earlier === undefined
      ? []
      : [{ path: `/${line}/id`, message: `is already on line ${earlier}`, line, field: 'id' }];
  });
}

function refused(faults: readonly Fault[]): Problem {
  const errors = faults.slice(0, mostFaults);
  const [first] = errors;
  const place = first?.field === undefined ? '' : ` ${first.field}`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const listed = faults.length > mostFaults ? ` The first ${mostFaults} faults are listed.` : '';
  return new Problem(
    'invalid-request',
    `Line ${first?.line ?? 1}:${place} ${first?.message}${more}. Nothing was imported.${listed}`,
    { errors },
  );
}
