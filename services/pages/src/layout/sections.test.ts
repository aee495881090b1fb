import type { Instant } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { placeOf, sectionsFor } from './sections.ts';

const until = 0 as Instant;
const pathsOf = (scope: string, org?: string) =>
  sectionsFor({ sub: 'a-1', scope, until, ...(org === undefined ? {} : { org }) }).flatMap(({ places }) =>
    places.map(({ path }) => path),
  );

test('an admin of one institute is led to nothing that would refuse them', () => {
  const closed = ['/admin/courseware', '/admin/years', '/admin/audit'];
  const all = pathsOf('admin');
  expect(all).toEqual(expect.arrayContaining(closed));
  expect(pathsOf('admin', 'imr')).toEqual(all.filter((path) => !closed.includes(path)));
});

test('nobody is led anywhere before they have signed in', () => {
  expect(sectionsFor(null)).toEqual([]);
});

test('a page lies in the place that is nearest above it', () => {
  const own = sectionsFor({ sub: 'u-1', scope: 'watch', until });
  expect(placeOf('/me/courseware/c1', own)?.place.name).toBe('courseware');
  expect(placeOf('/me/years-ago', own)?.place.name).toBe('year');
  expect(placeOf('/menu', own)).toBeNull();
});
