import type { TrainingFields } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { fieldsOf, saySame } from './fields.ts';

const sent: TrainingFields = {
  title: '质量保证大纲',
  kind: 'training',
  form: '线下培训',
  category: '系列讲座',
  organiser: '金属研究所',
  place: '沈阳',
  onlineSeconds: 0,
  offlineSeconds: 3_600,
  startsAt: '2026-03-09T09:00:00+08:00',
  endsAt: '2026-03-09T17:00:00+08:00',
};
const kept = {
  ...{ ...sent, trainingId: 't-1', type: null, capacity: null, enrolUntil: null, coursewareIds: [] },
  ...{ startsAt: '2026-03-09T01:00:00.000Z', endsAt: '2026-03-09T09:00:00.000Z' },
};

test('what was registered says what was sent, until somebody changes it', () => {
  expect(saySame(kept, sent)).toBe(true);
  expect(saySame({ ...kept, place: '北京' }, sent)).toBe(false);
  expect(saySame({ ...kept, endsAt: '2026-03-09T09:00:59.000Z' }, sent)).toBe(false);
  expect(saySame({ ...kept, capacity: 20 }, sent)).toBe(false);
});

test('what puts it back is what its organiser decided', () => {
  expect(fieldsOf(kept)).not.toHaveProperty('trainingId');
  expect(saySame(fieldsOf(kept), kept)).toBe(true);
});
