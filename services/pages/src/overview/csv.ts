import { csvLine, csvMark } from '@watchledger/contract';
import type { Table } from './tables.ts';

/** A table for spreadsheets (RFC 4180), led by the mark by which Excel knows UTF-8. */
export function csvOf({ heads, rows }: Table): string {
  return csvMark + [heads, ...rows].map((cells) => csvLine(cells.map(({ bare }) => bare))).join('');
}
