import { readScopes, type Scope } from '@watchledger/contract';
import type { SignIn } from '../sign-in/signed-cookie.ts';

/** A page that the navigation leads to. */
export interface Place {
  readonly path: string;
  /** Its name in `texts.places`. */
  readonly name: PlaceName;
  readonly scope: Scope;
  /** What can be done there concerns all institutes: who is of one is not led to it. */
  readonly headquartersAlone?: true;
}

/** The pages of one kind of people. */
export interface Section {
  readonly name: 'me' | 'review' | 'overview' | 'admin';
  readonly places: readonly Place[];
}

export type PlaceName =
  | 'year'
  | 'courseware'
  | 'calendar'
  | 'activities'
  | 'trainings'
  | 'record'
  | 'queue'
  | 'trainingsToReview'
  | 'history'
  | 'overview'
  | 'coursewareToKeep'
  | 'learners'
  | 'sessions'
  | 'years'
  | 'audit'
  | 'policy'
  | 'health';

export const sections: readonly Section[] = [
  {
    name: 'me',
    places: [
      { path: '/me', name: 'year', scope: 'watch' },
      { path: '/me/courseware', name: 'courseware', scope: 'watch' },
      { path: '/me/calendar', name: 'calendar', scope: 'watch' },
      { path: '/me/activities', name: 'activities', scope: 'watch' },
      { path: '/me/trainings', name: 'trainings', scope: 'watch' },
      { path: '/me/record', name: 'record', scope: 'watch' },
    ],
  },
  {
    name: 'review',
    places: [
      { path: '/review', name: 'queue', scope: 'review' },
      { path: '/review/trainings', name: 'trainingsToReview', scope: 'review' },
      { path: '/review/history', name: 'history', scope: 'review' },
    ],
  },
  { name: 'overview', places: [{ path: '/overview', name: 'overview', scope: 'credits:read' }] },
  {
    name: 'admin',
    places: [
      {
        path: '/admin/courseware',
        name: 'coursewareToKeep',
        scope: 'courseware:write',
        headquartersAlone: true,
      },
      { path: '/admin/learners', name: 'learners', scope: 'admin' },
      { path: '/admin/sessions', name: 'sessions', scope: 'admin' },
      { path: '/admin/years', name: 'years', scope: 'admin', headquartersAlone: true },
      { path: '/admin/audit', name: 'audit', scope: 'admin', headquartersAlone: true },
      { path: '/admin/policy', name: 'policy', scope: 'admin' },
      { path: '/admin/health', name: 'health', scope: 'admin' },
    ],
  },
];

/** The sections that somebody may enter, with the places in them that they may see. */
export function sectionsFor(who: SignIn | null): Section[] {
  if (who === null) return [];
  return sectionsWith(
    sectionsAllowedBy(who.scope),
    ({ headquartersAlone }) => headquartersAlone === undefined || who.org === undefined,
  );
}

/** @param claim scopes as in a token of headquarters */
export function sectionsAllowedBy(claim: string): Section[] {
  const granted = readScopes(claim);
  return sectionsWith(sections, ({ scope }) => granted.has(scope));
}

function sectionsWith(among: readonly Section[], isOpen: (place: Place) => boolean): Section[] {
  return among
    .map(({ name, places }) => ({ name, places: places.filter(isOpen) }))
    .filter(({ places }) => places.length > 0);
}

/** The section that a path lies in, and in it the place that is nearest above it. */
export function placeOf(path: string, among: readonly Section[]): { section: Section; place: Place } | null {
  const above = among
    .flatMap((section) => section.places.map((place) => ({ section, place })))
    .filter(({ place }) => path === place.path || path.startsWith(`${place.path}/`))
    .toSorted((a, b) => b.place.path.length - a.place.path.length);
  return above[0] ?? null;
}
