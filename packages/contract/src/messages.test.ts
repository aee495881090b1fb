import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  ClientId,
  CoursewareFields,
  CreditsQuery,
  EndSession,
  EndSessionByToken,
  Heartbeat,
  LearnerId,
  PatchCourseware,
  readMessage,
  SessionId,
} from './index.ts';

const faultsOf = (schema: z.ZodType, message: unknown) => {
  const reading = readMessage(schema, message);
  return reading.ok ? [] : reading.faults.map(({ path, message: text }) => `${path} ${text}`);
};

describe('an id that the host gives', () => {
  it.each(['u-17', 'A', '7', 'org:user@example.com', 'a.b_c-d', 'x'.repeat(128), 'Import', 'mined'])(
    'may be %s',
    (id) => expect(faultsOf(LearnerId, id)).toEqual([]),
  );

  it.each([
    '',
    '-a',
    '.a',
    'a b',
    'a/b',
    'a\n',
    'ü',
    '课',
    '../a',
    'x'.repeat(129),
    'import',
    'mine',
    'current',
    7,
    null,
  ])('may not be %j', (id) => expect(faultsOf(LearnerId, id)).toHaveLength(1));
});

describe('an id made here', () => {
  it('is a UUIDv7 in lower case', () => {
    expect(faultsOf(SessionId, '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11')).toEqual([]);
    for (const id of ['01998D4E-6F00-7C3A-9A51-0B2F6F0E8A11', '01998d4e-6f00-4c3a-9a51-0b2f6f0e8a11', 'x']) {
      expect(faultsOf(SessionId, id)).toEqual([' must be a UUIDv7 in lower case']);
    }
  });

  it('differs from the name of a browser tab, which has up to 64 characters', () => {
    expect(faultsOf(ClientId, 'x'.repeat(64))).toEqual([]);
    expect(faultsOf(ClientId, 'x'.repeat(65))).toHaveLength(1);
  });
});

describe('a message', () => {
  it('of an SDK that is newer than the service is read as far as it is known', () => {
    expect(readMessage(Heartbeat, { watchedMs: 1, state: 'playing', mood: 'good' })).toEqual({
      ok: true,
      value: { watchedMs: 1, state: 'playing' },
    });
  });

  it('that changes courseware may not be misspelt', () => {
    const fields = { title: 'A', kind: 'video', limitSeconds: 0 };
    expect(faultsOf(CoursewareFields, { ...fields, 'a/b~c': 1 })).toEqual(['/a~1b~0c is not known here']);
    expect(
      faultsOf(CoursewareFields, JSON.parse('{"title":"A","kind":"video","limitSeconds":0,"__proto__":{}}')),
    ).toEqual(['/__proto__ is not known here']);
  });

  it('with nothing in it hears what is required', () => {
    expect(faultsOf(CoursewareFields, {})).toEqual([
      '/title is required',
      '/kind is required',
      '/limitSeconds is required',
    ]);
  });

  it.each([
    ['a\u0000b', 'must not contain control characters'],
    ['a\nb', 'must not contain control characters'],
    ['\ud800', 'must not contain control characters'],
    ['   ', 'must not be empty'],
    ['x'.repeat(501), 'must be at most 500 characters'],
  ])('has titles that people can read: not %j', (title, message) => {
    expect(faultsOf(PatchCourseware, { title })).toEqual([`/title ${message}`]);
  });

  it.each([
    [-1, 'must not be negative'],
    [1.5, 'must be a whole number of seconds'],
    [360_000_001, 'must be at most 360000000'],
    ['7200', 'must be a whole number of seconds'],
  ])('has limits in whole seconds: not %j (R4)', (limitSeconds, message) => {
    expect(faultsOf(PatchCourseware, { limitSeconds })).toEqual([`/limitSeconds ${message}`]);
  });

  it.each([
    ['a heartbeat', Heartbeat, { watchedMs: 1, state: 'playing' }],
    ['an end', EndSession, {}],
    ['an end by its secret', EndSessionByToken, { endToken: 'secret' }],
  ])('of %s may tell what was played, in pairs of seconds', (_, schema, message) => {
    const faults = (played: unknown) => faultsOf(schema, { ...message, played });
    const hundred = Array.from({ length: 100 }, (_, nth) => [nth, nth + 0.5]);
    for (const good of [[], [[0, 1e9]], hundred]) expect(faults(good)).toEqual([]);
    expect(faults([...hundred, [1, 2]])).toEqual(['/played must have at most 100 ranges']);
    expect(faults([1, 2])).toEqual([
      '/played/0 must be a pair [from, to]',
      '/played/1 must be a pair [from, to]',
    ]);
    expect(faults([[1], [1, 2, 3], null]).map((fault) => fault.split(' ')[0])).toEqual([
      '/played/0',
      '/played/1',
      '/played/2',
    ]);
    const [badPairs, words] = [
      [
        [-1, 1],
        [0, 1e9 + 1],
        [2, 2],
        [3, 2],
        ['0', 1],
      ],
      [
        '/played/0/0 must not be negative',
        '/played/1/1 must be at most 1000000000',
        '/played/2/1 must be more than from',
        '/played/3/1 must be more than from',
        '/played/4/0 must be a number',
      ],
    ];
    expect(faults(badPairs)).toEqual(words);
    expect(faults('0-1')).toEqual(['/played must be a list']);
  });

  it('may repeat a learner in a query or name one', () => {
    expect(readMessage(CreditsQuery, { learnerId: 'u-1' })).toMatchObject({
      value: { learnerId: ['u-1'], limit: 50 },
    });
    expect(readMessage(CreditsQuery, { learnerId: ['u-1', 'u-2'] })).toMatchObject({ ok: true });
    expect(faultsOf(CreditsQuery, { learnerId: ['u-1', '/'] })[0]).toMatch(/^\/learnerId\/1 must be/);
  });
});
