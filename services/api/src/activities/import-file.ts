import { HistoryRow, readMessage } from '@watchledger/contract';
import type { Placed } from '@watchledger/usecases';
import { hoursIn } from '../imports/hours.ts';
import { type ImportFormat, readRows, rowRead, withFaults } from '../imports/import-rows.ts';

const format: ImportFormat<HistoryRow> = {
  columns: ['reference', 'learnerId', 'category', 'title', 'from', 'to', 'hours'],
  optional: ['kind'],
  mostRows: 5_000,
  keyColumn: 'reference',
  key: ({ learnerId, reference }) => `${learnerId} ${reference}`,
  read: (cell) => {
    const { seconds, faults } = hoursIn(cell, 'hours');
    const message = {
      reference: cell('reference'),
      learnerId: cell('learnerId'),
      category: cell('category'),
      kind: cell('kind') || null,
      title: cell('title'),
      from: cell('from'),
      to: cell('to'),
      seconds: seconds ?? 1,
    };
    const reading = rowRead(readMessage(HistoryRow, message), (member) =>
      member === 'seconds' ? 'hours' : member,
    );
    return withFaults(reading, faults);
  },
};

/** The hours of an imported file; throws `invalid-request` that names every bad line and field. */
export const readHistory = (text: string): Placed<HistoryRow>[] => readRows(text, format);
