import { type CsvCell, csvLine, csvMark } from '@watchledger/contract';

export type Column<Row> = (row: Row) => CsvCell;

/** A table with a header, led by the mark by which Excel knows UTF-8. */
export async function* csvTable<Row>(
  columns: Readonly<Record<string, Column<Row>>>,
  rows: AsyncIterable<Row>,
): AsyncIterable<string> {
  yield csvMark + csvLine(Object.keys(columns));
  const cells = Object.values(columns);
  for await (const row of rows) yield csvLine(cells.map((cell) => cell(row)));
}
