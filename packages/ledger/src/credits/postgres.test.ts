import { type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import { describe } from 'vitest';
import { createPostgresCourseware } from '../courseware/postgres.ts';
import { plantSessionsInPostgres } from '../testing/planting.ts';
import { temporaryPostgres } from '../testing/temporary-postgres.ts';
import { creditsContract } from './contract.ts';
import { createPostgresCredits } from './postgres.ts';

const write = { actor: 'ann', at: instant(1), reason: null, expected: null };

describe('facts in PostgreSQL', () => {
  creditsContract(async (calendar) => {
    const { database } = await temporaryPostgres();
    const courseware = createPostgresCourseware(database);
    return {
      ledger: createPostgresCredits(database, calendar),
      plant: (sessions) => plantSessionsInPostgres(database, sessions),
      putCourseware: async (id, limitMs) => {
        const fields = { title: `title of ${id}`, kind: 'video', mediaSeconds: null, creator: null } as const;
        await courseware.put(
          id as CoursewareId,
          { ...fields, open: true, limitMs: milliseconds(limitMs) },
          write,
        );
      },
      hideCourseware: async (id) => void (await courseware.hide(id as CoursewareId, write)),
    };
  });
});
