import { expect, test } from 'vitest';
import { parentOf } from './traceparent.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';
const of = (traceparent: string) => parentOf(new Headers({ traceparent }));

test('a caller’s trace goes on, sampled or not', () => {
  const parent = { traceId: trace, spanId: span, isRemote: true };
  expect(of(`00-${trace}-${span}-01`)).toEqual({ ...parent, traceFlags: 1 });
  expect(of(`00-${trace}-${span}-00`)).toEqual({ ...parent, traceFlags: 0 });
  expect(of(`cc-${trace}-${span}-09-what the future brings`)).toEqual({ ...parent, traceFlags: 1 });
});

test('its state goes along', () => {
  const headers = new Headers({ traceparent: `00-${trace}-${span}-01`, tracestate: 'vendor=a' });
  expect(parentOf(headers)?.traceState?.serialize()).toBe('vendor=a');
});

test.each([
  '',
  'nonsense',
  `00-${trace}-${span}`,
  `ff-${trace}-${span}-01`,
  `00-${trace}-${span}-01-more`,
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `00-${trace.toUpperCase()}-${span}-01`,
])('what is no trace starts a new one: "%s"', (traceparent) => {
  expect(of(traceparent)).toBeUndefined();
});
