import { type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { temporaryPostgres } from '../testing/temporary-postgres.ts';
import { coursewareContract } from './contract.ts';
import { createPostgresCourseware } from './postgres.ts';

const fields = {
  title: 'A',
  kind: 'video',
  limitMs: milliseconds(1),
  mediaSeconds: null,
  creator: null,
  open: true,
} as const;
const write = { actor: 'ann', at: instant(1), reason: null, expected: null };

describe('courseware in PostgreSQL', () => {
  coursewareContract(async () => createPostgresCourseware((await temporaryPostgres()).database));

  test('the audit trail is neither changed nor shortened by any statement of the program', async () => {
    const { database } = await temporaryPostgres();
    await createPostgresCourseware(database).put('a' as CoursewareId, fields, write);
    for (const statement of ["update audit set actor = 'bob'", 'delete from audit', 'truncate audit'])
      await expect(database.pool.query(statement)).rejects.toThrow(/only ever added to/);
  });
});
