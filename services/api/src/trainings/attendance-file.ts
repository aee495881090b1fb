import { Attendee, readMessage } from '@watchledger/contract';
import type { Placed } from '@watchledger/usecases';
import { hoursIn } from '../imports/hours.ts';
import { type ImportFormat, readRows, rowRead, withFaults } from '../imports/import-rows.ts';

const format: ImportFormat<Attendee> = {
  columns: ['learnerId'],
  optional: ['onlineHours', 'offlineHours'],
  mostRows: 5_000,
  keyColumn: 'learnerId',
  key: ({ learnerId }) => learnerId,
  read: (cell) => {
    // An empty cell is the training's own hours.
    const [online, offline] = (['onlineHours', 'offlineHours'] as const).map((column) =>
      cell(column) === '' ? { seconds: null, faults: [] } : hoursIn(cell, column),
    );
    const message = {
      learnerId: cell('learnerId'),
      onlineSeconds: online?.seconds,
      offlineSeconds: offline?.seconds,
    };
    const reading = rowRead(readMessage(Attendee, message), (member) => member.replace(/Seconds$/, 'Hours'));
    return withFaults(reading, [...(online?.faults ?? []), ...(offline?.faults ?? [])]);
  },
};

/** The attendees of a file; throws `invalid-request` that names every bad line and field. */
export const readAttendance = (text: string): Placed<Attendee>[] => readRows(text, format);
