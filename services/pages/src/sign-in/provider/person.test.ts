import { describe, expect, test } from 'vitest';
import { type ClaimReading, personOf, usualRoles } from './person.ts';

const usual: ClaimReading = {
  subject: 'sub',
  roles: 'roles',
  org: 'org',
  headquarters: null,
  scopesOf: usualRoles,
};
const reasonOf = (claims: Record<string, unknown>, reading = usual) => {
  try {
    personOf(claims, reading);
  } catch (error) {
    return (error as { reason?: unknown }).reason;
  }
  return null;
};

test('roles become scopes, those of several together', () => {
  expect(
    personOf({ sub: 'u-17', name: '李明', roles: ['learner', 'reviewer', 'cook'], org: 'imr' }, usual),
  ).toEqual({
    sub: 'u-17',
    name: '李明',
    scope: 'watch credits:read review',
    org: 'imr',
  });
});

test.each([
  ['none at all', undefined, ''],
  ['an unknown one', ['cook'], ''],
  ['a text', 'leader', 'credits:read'],
  ['a text with a role in it', 'Assistant admin, former reviewer', ''],
  ['a name that objects have', ['constructor', '__proto__'], ''],
  ['what is no text', [7, null, ['admin']], ''],
  ['an object', { admin: true }, ''],
])('roles: %s', (_, roles, scope) => {
  expect(personOf({ sub: 'u-17', roles }, usual).scope).toBe(scope);
});

describe('where claims are', () => {
  test('a path leads into objects, as Keycloak has them', () => {
    const reading = { ...usual, roles: 'resource_access.hours.roles' };
    const claims = { sub: 'u-17', resource_access: { hours: { roles: ['admin'] } } };
    expect(personOf(claims, reading).scope).toBe('admin');
    expect(personOf({ sub: 'u-17', resource_access: 'hours' }, reading).scope).toBe('');
    expect(personOf({ sub: 'u-17' }, { ...usual, roles: 'toString.length' }).scope).toBe('');
  });

  test('a name that is an address is no path', () => {
    const roles = 'https://hours.example.org/roles';
    expect(personOf({ sub: 'u-17', [roles]: ['learner'] }, { ...usual, roles }).scope).toBe('watch');
  });

  test('a staff number may be a number, or a list of one', () => {
    const reading = { ...usual, subject: 'employeeNumber' };
    expect(personOf({ sub: 'x', employeeNumber: 10_017 }, reading).sub).toBe('10017');
    expect(personOf({ sub: 'x', employeeNumber: ['E10017'] }, reading).sub).toBe('E10017');
  });

  test('everybody may have a role', () => {
    const reading = { ...usual, scopesOf: new Map([...usualRoles, ['*', ['watch'] as const]]) };
    expect(personOf({ sub: 'u-17', roles: 'leader' }, reading).scope).toBe('watch credits:read');
    expect(personOf({ sub: 'u-17' }, reading).scope).toBe('watch');
  });
});

test.each([undefined, null, '', 'auth0|17', 'mine', 1.5, ['a', 'b'], {}])(
  'an account whose id is %j cannot be used',
  (sub) => {
    expect(reasonOf({ sub, roles: ['learner'] })).toBe('unusable-account');
  },
);

test.each(['', 'no id', [], ['a', 'b'], {}, true])(
  'a restriction is never ignored: an institute that is %j lets nobody in',
  (org) => {
    expect(reasonOf({ sub: 'u-17', roles: ['admin'], org })).toBe('unusable-institute');
  },
);

describe('where headquarters has a name', () => {
  const named = { ...usual, headquarters: 'cas' };

  test('it means everybody, and another name an institute', () => {
    expect(personOf({ sub: 'u-17', roles: ['admin'], org: 'cas' }, named).org).toBeUndefined();
    expect(personOf({ sub: 'u-17', roles: ['admin'], org: 'imr' }, named).org).toBe('imr');
  });

  test('an institute that a provider leaves out lets in learners alone', () => {
    expect(reasonOf({ sub: 'u-17', roles: ['reviewer'] }, named)).toBe('unusable-institute');
    expect(personOf({ sub: 'u-17', roles: ['learner'] }, named).scope).toBe('watch');
  });
});

test.each([
  ['  李明 ', '李明'],
  ['Li\u0007\nMing', 'Li Ming'],
  ['', undefined],
  [7, undefined],
  ['\ud800', undefined],
  ['x'.repeat(200), 'x'.repeat(128)],
])('the name %j is shown as %j', (name, shown) => {
  expect(personOf({ sub: 'u-17', name }, usual).name).toBe(shown);
});
