import { readMessage, TrainingFields, TrainingId } from '@watchledger/contract';
import type { Placed, TrainingRow } from '@watchledger/usecases';
import { hoursIn } from '../imports/hours.ts';
import { type ImportFormat, readRows, rowRead } from '../imports/import-rows.ts';

const texts = ['title', 'kind', 'form', 'category', 'organiser', 'place', 'startsAt', 'endsAt'] as const;
const optionalTexts = [
  'type',
  'method',
  'classification',
  'contact',
  'goal',
  'content',
  'enrolFrom',
  'enrolUntil',
] as const;

const format: ImportFormat<TrainingRow> = {
  columns: ['trainingId', ...texts, 'onlineHours', 'offlineHours'],
  optional: [...optionalTexts, 'capacity', 'coursewareIds'],
  mostRows: 1_000,
  keyColumn: 'trainingId',
  key: ({ trainingId }) => trainingId,
  read: (cell) => {
    const online = hoursIn(cell, 'onlineHours');
    const offline = hoursIn(cell, 'offlineHours');
    const message = {
      ...Object.fromEntries(texts.map((name) => [name, cell(name)])),
      ...Object.fromEntries(optionalTexts.map((name) => [name, cell(name) || null])),
      capacity:
        cell('capacity') === '' ? null : /^\d{1,9}$/.test(cell('capacity')) ? Number(cell('capacity')) : NaN,
      coursewareIds: cell('coursewareIds').split(/\s+/).filter(Boolean),
      onlineSeconds: online.seconds ?? 1,
      offlineSeconds: offline.seconds ?? 1,
    };
    const id = readMessage(TrainingId, cell('trainingId'));
    const fields = rowRead(readMessage(TrainingFields, message), columnOf);
    const faults = [
      ...(id.ok ? [] : id.faults.map(({ message }) => ({ field: 'trainingId', message }))),
      ...fields.faults,
      ...online.faults,
      ...offline.faults,
    ];
    if (faults.length > 0 || !id.ok || fields.row === null) return { row: null, faults };
    return { row: { trainingId: id.value, fields: fields.row }, faults };
  },
};

const columnOf = (member: string): string => member.replace(/Seconds$/, 'Hours');

/** The trainings of an imported file; throws `invalid-request` that names every bad line and field. */
export const readTrainings = (text: string): Placed<TrainingRow>[] => readRows(text, format);
