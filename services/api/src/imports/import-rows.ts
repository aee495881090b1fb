import type { Fault, Reading } from '@watchledger/contract';
import { type LineFault, type Placed, refusedLines } from '@watchledger/usecases';
import { CsvFault, type CsvRecord, readCsv } from './csv.ts';

/** What an imported file looks like. */
export interface ImportFormat<Row> {
  /** Columns that must be there, once each, in any order. */
  readonly columns: readonly string[];
  /** Columns that may be there as well. */
  readonly optional?: readonly string[];
  readonly mostRows: number;
  /** Reads one line; an absent or empty cell is an empty text. Faults name columns. */
  read(cell: (column: string) => string): RowReading<Row>;
  /** What must not stand on two lines, and the column that says so. */
  key(row: Row): string;
  readonly keyColumn: string;
}

export interface RowReading<Row> {
  readonly row: Row | null;
  readonly faults: readonly Omit<LineFault, 'line'>[];
}

export const importLimitBytes = 5 * 1024 * 1024;

/**
 * The rows of an imported file with their lines; throws `invalid-request` that names every bad line and field,
 * the first thousand of them. Reads no further than one row too many.
 */
export function readRows<Row>(text: string, format: ImportFormat<Row>): Placed<Row>[] {
  const { mostRows, columns, optional = [] } = format;
  // A line with many more cells is no such list.
  const mostCells = Math.max(16, 2 * (columns.length + optional.length));
  const [header, ...records] = recordsOf(text, mostRows, mostCells);
  if (header === undefined) throw refusedWhole(1, 'The file is empty.');
  const order = columnOrder(header, format);
  if (records.length > mostRows)
    throw refusedWhole(records[mostRows]?.line ?? 1, `has more than ${mostRows} rows`);
  const readings = records.map((record) => readRecord(record, order, format));
  const faults = [...readings.flatMap(({ faults }) => faults), ...repeated(readings, format)];
  if (faults.length > 0) throw refusedLines(faults);
  return readings.flatMap(({ line, row }) => (row === null ? [] : { line, row }));
}

/** A row read by its schema; members are told by the columns that they come from. */
export function rowRead<Row>(reading: Reading<Row>, columnOf: (member: string) => string): RowReading<Row> {
  if (reading.ok) return { row: reading.value, faults: [] };
  return { row: null, faults: reading.faults.map((fault) => placedFault(fault, columnOf)) };
}

/** A row in which other cells are at fault as well. */
export const withFaults = <Row>(
  { row, faults }: RowReading<Row>,
  others: RowReading<Row>['faults'],
): RowReading<Row> => ({ row: others.length === 0 ? row : null, faults: [...faults, ...others] });

function placedFault({ path, message }: Fault, columnOf: (member: string) => string) {
  return { field: columnOf(path.slice(1).split('/')[0] ?? ''), message };
}

function recordsOf(text: string, mostRows: number, mostCells: number): CsvRecord[] {
  try {
    const records: CsvRecord[] = [];
    for (const record of readCsv(text, mostCells)) {
      records.push(record);
      if (records.length > 1 + mostRows) break;
    }
    return records;
  } catch (error) {
    if (error instanceof CsvFault) throw refusedWhole(error.line, error.message);
    throw error;
  }
}

/** Which cell holds which column; a column that is missing, unknown or there twice is a fault of the header. */
function columnOrder<Row>(
  { cells, line }: CsvRecord,
  { columns, optional = [] }: ImportFormat<Row>,
): ReadonlyMap<string, number> {
  const names = cells.map((cell) => cell.trim());
  const known = [...columns, ...optional];
  const faults = [
    ...columns
      .filter((column) => !names.includes(column))
      .map((field) => ({ line, field, message: 'is missing in the header' })),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => ({ line, field: short(name), message: 'is not a known column' })),
    ...known
      .filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
      .map((field) => ({ line, field, message: 'is there twice' })),
  ];
  if (faults.length > 0) throw refusedLines(faults);
  return new Map(names.map((name, at) => [name, at]));
}

/** Enough of a name to find it by. */
const short = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

interface LineReading<Row> {
  readonly line: number;
  readonly row: Row | null;
  readonly faults: readonly LineFault[];
}

function readRecord<Row>(
  { line, cells }: CsvRecord,
  order: ReadonlyMap<string, number>,
  format: ImportFormat<Row>,
): LineReading<Row> {
  if (cells.length !== order.size) {
    const message = `has ${cells.length} cells instead of ${order.size}`;
    return { line, row: null, faults: [{ line, message }] };
  }
  const { row, faults } = format.read((column) => (cells[order.get(column) ?? -1] ?? '').trim());
  return { line, row, faults: faults.map((fault) => ({ line, ...fault })) };
}

/** A key on two lines would make the outcome depend on their order. */
function repeated<Row>(
  readings: readonly LineReading<Row>[],
  { key, keyColumn }: ImportFormat<Row>,
): LineFault[] {
  const firstLine = new Map<string, number>();
  return readings.flatMap(({ row, line }) => {
    if (row === null) return [];
    const earlier = firstLine.get(key(row));
    if (earlier === undefined) firstLine.set(key(row), line);
    return earlier === undefined
      ? []
      : [{ line, field: keyColumn, message: `is already on line ${earlier}` }];
  });
}

const refusedWhole = (line: number, message: string) => refusedLines([{ line, whole: true, message }]);
