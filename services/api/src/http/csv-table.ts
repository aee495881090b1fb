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

const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** One cell; text that a spreadsheet would take for a formula is led by an apostrophe (T19). */
export function csvCell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
