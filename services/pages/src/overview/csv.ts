import type { Table } from './tables.ts';

/** A table for spreadsheets (RFC 4180), led by the mark by which Excel knows UTF-8. */
export function csvOf({ heads, rows }: Table): string {
  const lines = [heads.map(({ bare }) => bare), ...rows.map((row) => row.map(({ bare }) => bare))];
  return `\uFEFF${lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join('')}`;
}

/** Text that a spreadsheet would take for a formula is led by an apostrophe (T19). */
function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
