import { CoursewareImportRow, readMessage } from '@watchledger/contract';
import { hoursIn } from '../imports/hours.ts';
import { type ImportFormat, readRows, rowRead, withFaults } from '../imports/import-rows.ts';

const format: ImportFormat<CoursewareImportRow> = {
  columns: ['id', 'title', 'kind', 'limitHours'],
  mostRows: 10_000,
  keyColumn: 'id',
  key: ({ id }) => id,
  read: (cell) => {
    const { seconds, faults } = hoursIn(cell, 'limitHours');
    const message = {
      id: cell('id'),
      title: cell('title'),
      kind: cell('kind'),
      limitSeconds: seconds ?? 0,
    };
    const reading = rowRead(readMessage(CoursewareImportRow, message), (member) =>
      member === 'limitSeconds' ? 'limitHours' : member,
    );
    return withFaults(reading, faults);
  },
};

/** The courseware of an imported file; throws `invalid-request` that names every bad line and field. */
export const readImport = (text: string): CoursewareImportRow[] =>
  readRows(text, format).map(({ row }) => row);
