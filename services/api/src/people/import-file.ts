import { RosterRow, readMessage } from '@watchledger/contract';
import type { Placed } from '@watchledger/usecases';
import { type ImportFormat, readRows, rowRead } from '../imports/import-rows.ts';

const words: Readonly<Record<string, boolean>> = { '': true, true: true, false: false };

const format: ImportFormat<RosterRow> = {
  columns: ['learnerId', 'name'],
  optional: ['organisationId', 'active'],
  mostRows: 5_000,
  keyColumn: 'learnerId',
  key: ({ learnerId }) => learnerId,
  read: (cell) => {
    const active = words[cell('active')];
    const organisationId = cell('organisationId') || null;
    const message = {
      learnerId: cell('learnerId'),
      name: cell('name'),
      organisationId,
      active: active ?? true,
    };
    const reading = rowRead(readMessage(RosterRow, message), (member) => member);
    if (active !== undefined) return reading;
    const fault = { field: 'active', message: 'must be true or false' };
    return { row: null, faults: [...reading.faults, fault] };
  },
};

/** The roster of an imported file; throws `invalid-request` that names every bad line and field. */
export const readRoster = (text: string): Placed<RosterRow>[] => readRows(text, format);
