export type CsvCell = string | number | boolean | null;

/** The byte order mark by which Excel knows a table as UTF-8; it leads the whole. */
export const csvMark = '\uFEFF';

/** A line of a table (RFC 4180), with its end. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** One cell; text that a spreadsheet would take for a formula is led by an apostrophe (T19). */
export function csvCell(value: CsvCell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
