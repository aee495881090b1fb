import { milliseconds } from '@watchledger/rules';
import type { SqliteDatabase } from '../database/sqlite.ts';
import { audit, courseware, coverage, learners, policies, revisions } from '../schema/sqlite.ts';
import type { PlantedSession } from '../testing/planted-session.ts';
import { plantSessions } from '../testing/planting.ts';
import { sessionIdOf } from '../testing/session-id.ts';

/** For tests: a small ledger in which everything occurs that two databases could take differently. */
export function plantLedger(database: SqliteDatabase): void {
  const { orm } = database;
  // Ids whose order differs by language, by UTF-16 and by bytes.
  const ids = ['Z', 'a', 'ä', '￮', '🎓', 'u 17', `o'Brien "\\"`, '张三', '{a,b}', 'NULL', '%', ''];
  plantSessions(database, [...ids.flatMap(sessionsOf)]);
  orm
    .insert(learners)
    .values({ learnerId: 'seen, never watched', firstSeenAt: 2 ** 53 - 1 })
    .run();
  orm
    .insert(coverage)
    .values(
      ids.slice(0, 4).flatMap((learnerId) => [
        { learnerId, coursewareId: 'cw-1', ranges: [], positionMs: null, toldAt: null },
        {
          learnerId,
          coursewareId: 'CW-2',
          ranges: [played(0, 1), played(9e9, 1e12)],
          positionMs: 5,
          toldAt: 7,
        },
      ]),
    )
    .run();
  orm
    .insert(courseware)
    .values([
      row('cw-1', { title: '医学 {"\\n', open: false, hiddenAt: 5, mediaSeconds: 7, creator: 'NULL' }),
      row('CW-2', { title: '', open: true }),
    ])
    .run();
  for (const sequence of [3, 7, 12]) {
    const changes = [
      { field: 'title', from: null, to: `C:\\users\\${sequence} "\\u0000" 🎓\n` },
      { field: 'limitMs', from: 1, to: 2 ** 53 - 1 },
    ];
    const about = { actor: '李', action: 'changed', subjectKind: 'courseware', subjectId: 'cw-1' };
    orm
      .insert(audit)
      .values({ sequence, at: sequence, ...about, changes, reason: null, seal: `seal ${sequence}` })
      .run();
  }
  orm.insert(revisions).values({ name: 'shared', value: 41 }).run();
  orm
    .insert(policies)
    .values([
      { sequence: 1, inForceFrom: 1, policy: '{"goal": "100h"}' },
      { sequence: 4, inForceFrom: 9, policy: '{"goal":"90h"}' },
    ])
    .run();
}

const played = (from: number, to: number) => [milliseconds(from), milliseconds(to)] as const;

const DAY = 86_400_000;

function sessionsOf(learnerId: string, nth: number): PlantedSession[] {
  const name = String.fromCharCode(97 + nth);
  return [1, 2, 3].map((viewing) => ({
    sessionId: sessionIdOf(`${viewing}${name}`),
    learnerId,
    coursewareId: `cw-${viewing}`,
    openedAt: viewing * 10 * DAY,
    days: Array.from({ length: viewing }, (_, day) => [viewing * 10 + day, 1_000 + nth] as const),
    sealedAs: ([null, 'ended', 'superseded'] as const)[viewing - 1] ?? null,
  }));
}

function row(
  coursewareId: string,
  fields: Partial<typeof courseware.$inferInsert> & { title: string; open: boolean },
) {
  const at = { version: 3, createdAt: 1, updatedAt: 2 };
  return { coursewareId, kind: 'document', limitMs: 3_600_000, ...at, ...fields } as const;
}
