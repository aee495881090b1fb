import { expect, test } from 'vitest';
import { momentAt, wallClock } from './wall-clock.ts';

test.each([
  ['2026-03-01T09:00', 'Asia/Shanghai', '2026-03-01T01:00:00.000Z'],
  ['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
  ['2026-12-31T23:59:59', 'Asia/Shanghai', '2026-12-31T15:59:59.000Z'],
  ['2026-13-01T09:00', 'Asia/Shanghai', null],
  ['tomorrow', 'Asia/Shanghai', null],
])('%s in %s is %s', (text, timeZone, moment) => {
  expect(momentAt(text, timeZone)).toBe(moment);
});

test('a moment is shown as the clocks there show it', () => {
  expect(wallClock('2026-03-01T01:00:00Z', 'Asia/Shanghai')).toBe('2026-03-01T09:00');
  expect(wallClock('2026-02-28T16:30:00Z', 'Asia/Shanghai')).toBe('2026-03-01T00:30');
  expect(wallClock('2026-12-31T15:59:59Z', 'Asia/Shanghai')).toBe('2026-12-31T23:59:59');
  expect(wallClock('2026-12-31T16:00:00Z', 'Asia/Shanghai')).toBe('2027-01-01T00:00');
});
