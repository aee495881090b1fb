import { CoursewareImportRow, readMessage } from '@watchledger/contract';
import { hoursToSeconds } from '../imports/hours.ts';
import { type ImportFormat, readRows, rowRead } from '../imports/import-rows.ts';

const format: ImportFormat<CoursewareImportRow> = {
  columns: ['id', 'title', 'kind', 'limitHours'],
  mostRows: 10_000,
  keyColumn: 'id',
  key: ({ id }) => id,
  read: (cell) => {
    const limitSeconds = hoursToSeconds(cell('limitHours'));
    const message = {
      id: cell('id'),
      title: cell('title'),
      kind: cell('kind'),
      limitSeconds: limitSeconds ?? 0,
    };
    const reading = rowRead(readMessage(CoursewareImportRow, message), (member) =>
      member === 'limitSeconds' ? 'limitHours' : member,
    );
    if (limitSeconds !== null) return reading;
    const fault = { field: 'limitHours', message: 'must be hours such as 1.5 or 1h30m' };
    return { row: null, faults: [...reading.faults, fault] };
  },
};

/** The courseware of an imported file; throws `invalid-request` that names every bad line and field. */
export const readImport = (text: string): CoursewareImportRow[] =>
  readRows(text, format).map(({ row }) => row);
