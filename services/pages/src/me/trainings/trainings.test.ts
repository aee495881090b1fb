import type { Training } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { searchIn } from './search.ts';
import { standingOf } from './standing.ts';

const now = Date.parse('2026-03-01T00:00:00Z');

const april = '2026-04-01T00:00:00Z';
const february = '2026-02-01T00:00:00Z';

test.each([
  [{ enrolUntil: april, enrolled: 7 }, 'open'],
  [{ enrolUntil: april, capacity: 7, enrolled: 7 }, 'full'],
  [{ enrolUntil: april, capacity: 7, enrolled: 7, myState: 'enrolled' }, 'enrolled'],
  [{ enrolUntil: april, capacity: 7, enrolled: 6, myState: 'cancelled' }, 'open'],
  [{ enrolFrom: april, enrolUntil: '2026-05-01T00:00:00Z' }, 'not-yet'],
  [{ enrolFrom: february }, 'closed'],
  [{ enrolUntil: february, capacity: 7, enrolled: 7 }, 'closed'],
  [{ myState: 'rejected' }, 'rejected'],
])('%j is %s', (fields, standing) => {
  const blank = {
    capacity: null,
    enrolled: 0,
    enrolFrom: null,
    enrolUntil: null,
    endsAt: february,
    myState: null,
  };
  expect(standingOf({ ...blank, ...fields } as Training, now)).toBe(standing);
});

test('filters ask for what they say, and for nothing where they say nothing', () => {
  const search = (query: string) =>
    JSON.parse(JSON.stringify(searchIn(new URLSearchParams(query), '2026-03-01')));
  expect(search('query= 断裂 &kind=academic-report&source=own&open=true&when=last-year')).toEqual({
    query: '断裂',
    kind: 'academic-report',
    source: 'own',
    open: 'true',
    from: '2025-01-01',
    to: '2025-12-31',
  });
  expect(search('when=upcoming')).toEqual({ from: '2026-03-01' });
  expect(search('kind=x&source=&open=no&when=never&type=')).toEqual({});
});
