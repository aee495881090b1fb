import {
  CoursewareId,
  LearnerId,
  OrganisationId,
  Problem,
  RecordId,
  SessionId,
  TrainingId,
} from '@watchledger/contract';

/** What a list's cursor points at: the sort key of the last item of the page before. */
type Key = readonly (string | number)[];

interface Cursor<Position extends Key> {
  encode(position: Position): string;
  /** Throws Problem `invalid-request` for anything that this list cannot have handed out. */
  decode(cursor: string | null | undefined): Position | null;
}

/** The cursor of one list. It names the list, so that another list's cursor is refused instead of misread. */
export function cursorOf<Position extends Key>(
  list: string,
  isPosition: (key: Key) => key is Position,
): Cursor<Position> {
  return {
    encode: (position) => Buffer.from(JSON.stringify([list, ...position])).toString('base64url'),
    decode: (cursor) => {
      if (cursor === null || cursor === undefined) return null;
      const [name, ...key] = read(cursor);
      if (name !== list || !isPosition(key)) throw invalidCursor();
      return key;
    },
  };
}

// Anybody can make a cursor by hand, and a store must not be asked for what it cannot even compare.
export const isCoursewareId = (key: Key): key is readonly [string] =>
  key.length === 1 && is(CoursewareId, key[0]);
export const isLearnerId = (key: Key): key is readonly [string] => key.length === 1 && is(LearnerId, key[0]);
export const isOrganisationId = (key: Key): key is readonly [string] =>
  key.length === 1 && is(OrganisationId, key[0]);
export const isRecordId = (key: Key): key is readonly [string] => key.length === 1 && is(RecordId, key[0]);
export const isTrainingId = (key: Key): key is readonly [string] =>
  key.length === 1 && is(TrainingId, key[0]);
export const isMomentAndRecordId = (key: Key): key is readonly [number, string] =>
  key.length === 2 && isWhole(key[0]) && is(RecordId, key[1]);
export const isMomentAndTrainingId = (key: Key): key is readonly [number, string] =>
  key.length === 2 && isWhole(key[0]) && is(TrainingId, key[1]);
export const isNumber = (key: Key): key is readonly [number] => key.length === 1 && isWhole(key[0]);
export const isMomentAndSessionId = (key: Key): key is readonly [number, string] =>
  key.length === 2 && isWhole(key[0]) && is(SessionId, key[1]);
export const isNoticePosition = (key: Key): key is readonly [number, 'activity' | 'enrolment', string] =>
  key.length === 3 &&
  isWhole(key[0]) &&
  (key[1] === 'activity' ? is(RecordId, key[2]) : key[1] === 'enrolment' && is(TrainingId, key[2]));

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const is = (schema: typeof SessionId, value: unknown): boolean => schema.safeParse(value).success;

function read(cursor: string): Key {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(content)) return content;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidCursor();
}

function invalidCursor(): Problem {
  return new Problem('invalid-request', 'The cursor was not handed out by this list.', {
    errors: [{ path: '/cursor', message: 'is not the nextCursor of this list' }],
  });
}
