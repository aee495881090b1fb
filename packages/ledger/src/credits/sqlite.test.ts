import { type Calendar, type CoursewareId, instant, milliseconds } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { createSqliteCourseware } from '../courseware/sqlite.ts';
import { plantSessions } from '../testing/planting.ts';
import { temporaryLedger } from '../testing/temporary-ledger.ts';
import { creditsContract } from './contract.ts';
import { createSqliteCredits } from './sqlite.ts';

const write = { actor: 'ann', at: instant(1), reason: null, expected: null };

function openStore(calendar: Pick<Calendar, 'startOf'>) {
  const connections = temporaryLedger();
  const courseware = createSqliteCourseware(connections.writer);
  return {
    ...connections,
    ledger: createSqliteCredits(connections.writer, calendar, connections.reader),
    plant: async (sessions: Parameters<typeof plantSessions>[1]) =>
      plantSessions(connections.writer, sessions),
    putCourseware: async (id: string, limitMs: number) => {
      const fields = {
        title: `title of ${id}`,
        kind: 'video',
        mediaSeconds: null,
        creator: null,
        open: true,
      } as const;
      await courseware.put(id as CoursewareId, { ...fields, limitMs: milliseconds(limitMs) }, write);
    },
    hideCourseware: async (id: string) => void (await courseware.hide(id as CoursewareId, write)),
  };
}

describe('facts in SQLite', () => {
  creditsContract(async (calendar) => openStore(calendar));

  test('many learners are read while another connection writes', async () => {
    const { ledger, writer, plant } = openStore({ startOf: (day) => instant(day * 86_400_000) });
    await plant([{ sessionId: 's1', learnerId: 'u1', coursewareId: 'a', openedAt: 0, days: [[0, 1_000]] }]);
    writer.client.exec('BEGIN IMMEDIATE');
    writer.client.exec('update sessions set day_ms = 0, watched_ms = 0');
    const [only] = await ledger.factsOf(await ledger.learnerIds(null, 10));
    writer.client.exec('ROLLBACK');
    expect(only?.facts).toMatchObject([{ ms: 1_000 }]);
  });
});
