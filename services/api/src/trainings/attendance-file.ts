import { Attendee, readMessage } from '@watchledger/contract';
import type { Placed } from '@watchledger/usecases';
import { hoursToSeconds } from '../imports/hours.ts';
import { type ImportFormat, readRows, rowRead } from '../imports/import-rows.ts';

const format: ImportFormat<Attendee> = {
  columns: ['learnerId'],
  optional: ['onlineHours', 'offlineHours'],
  mostRows: 5_000,
  keyColumn: 'learnerId',
  key: ({ learnerId }) => learnerId,
  read: (cell) => {
    const hours = (['onlineHours', 'offlineHours'] as const).map((column) => {
      const text = cell(column);
      return {
        column,
        seconds: text === '' ? null : hoursToSeconds(text),
        isBad: text !== '' && hoursToSeconds(text) === null,
      };
    });
    const [online, offline] = hours.map(({ seconds }) => seconds);
    const message = { learnerId: cell('learnerId'), onlineSeconds: online, offlineSeconds: offline };
    const reading = rowRead(readMessage(Attendee, message), (member) => member.replace(/Seconds$/, 'Hours'));
    const bad = hours.filter(({ isBad }) => isBad);
    if (bad.length === 0) return reading;
    const faults = bad.map(({ column }) => ({
      field: column,
      message: 'must be hours such as 1.5 or 1h30m',
    }));
    return { row: null, faults: [...reading.faults, ...faults] };
  },
};

/** The attendees of a file; throws `invalid-request` that names every bad line and field. */
export const readAttendance = (text: string): Placed<Attendee>[] => readRows(text, format);
