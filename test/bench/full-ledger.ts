import { openSqlite } from '@watchledger/ledger';
import { firstDayOfYear } from '@watchledger/rules';

/** What each learner has: 100 facts, over three years. */
const WATCHED = 78;
const OVER_MIDNIGHT = 2;
const ACTIVITIES = 10;
const TRAININGS = 10;
export const FACTS_EACH = WATCHED + OVER_MIDNIGHT + ACTIVITIES + TRAININGS;

export const YEAR = 2026;
const FIRST_DAY = firstDayOfYear(YEAR - 2);
const DAYS_BETWEEN_SESSIONS = 14;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const COURSEWARE = 500;
const ALL_TRAININGS = 300;

/** Makes a ledger as three years leave it: in the order of time, so that nobody's facts lie side by side. */
export function makeFullLedger(file: string, learners: number): void {
  const { client, close } = openSqlite({ file, migrate: true });
  // Nobody mourns it after a power cut.
  client.pragma('synchronous = OFF');
  client.pragma('cache_size = -1000000');
  // Rows come in the order of time, indexes are in that of learners: made at the end, they are made in one go.
  const indexes = client
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and sql is not null`,
    )
    .all();
  for (const { name } of indexes) client.exec(`drop index "${name}"`);
  client.exec('BEGIN');
  const put = (table: string, columns: string) =>
    client.prepare(`insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`);

  const courseware = put(
    'courseware',
    'courseware_id, title, kind, limit_ms, open, version, created_at, updated_at',
  );
  for (let n = 0; n < COURSEWARE; n += 1) {
    courseware.run(coursewareOf(n), `课件 ${n}`, 'video', 2 * HOUR, 1, 1, 1, 1);
  }

  const learner = put('learners', 'learner_id, first_seen_at');
  for (let n = 0; n < learners; n += 1) learner.run(learnerOf(n), FIRST_DAY * DAY);

  const session = put(
    'sessions',
    `session_id, learner_id, courseware_id, end_token_hash, opened_at, last_report_at, grew_at, watched_ms,
     forfeited_ms, day, day_ms, state, sealed_at, sealed_as`,
  );
  const earlierDay = put('session_days', 'session_id, day, watched_ms');
  for (let nth = 0; nth < WATCHED; nth += 1) {
    const overMidnight = nth < OVER_MIDNIGHT;
    const day = FIRST_DAY + nth * DAYS_BETWEEN_SESSIONS;
    for (let n = 0; n < learners; n += 1) {
      const opened = day * DAY + (overMidnight ? 15.5 * HOUR : 2 * HOUR) + (n % HOUR);
      const watched = HOUR + ((n * 7_919 + nth * 104_729) % 900_000);
      const ended = opened + watched;
      const id = sessionIdOf(opened, nth * learners + n);
      const today = overMidnight ? watched - HOUR / 4 : watched;
      if (overMidnight) earlierDay.run(id, day, watched - today);
      session.run(
        id,
        learnerOf(n),
        coursewareOf((n + nth * 7) % COURSEWARE),
        `${id}-of-its-end-token`,
        opened,
        ended,
        ended,
        watched,
        0,
        overMidnight ? day + 1 : day,
        today,
        'ended',
        ended,
        'ended',
      );
    }
  }

  const activity = put(
    'activities',
    `activity_id, learner_id, category, title, from_day, to_day, declared_ms, evidence, state, granted_ms, version,
     created_at, updated_at`,
  );
  for (let nth = 0; nth < ACTIVITIES; nth += 1) {
    const category = (['self-study', 'online', 'offline'] as const)[nth % 3];
    const day = FIRST_DAY + nth * 100;
    for (let n = 0; n < learners; n += 1) {
      const id = sessionIdOf(day * DAY, nth * learners + n);
      activity.run(id, learnerOf(n), category, '一本书', day, day + 2, HOUR, '[]', 'approved', HOUR, 1, 1, 1);
    }
  }

  const training = put(
    'trainings',
    `training_id, title, kind, form, category, organiser, place, online_ms, offline_ms, starts_at, ends_at, end_day,
     courseware_ids, version, created_at, updated_at`,
  );
  for (let n = 0; n < ALL_TRAININGS; n += 1) {
    const day = FIRST_DAY + n * 3;
    const starts = day * DAY + HOUR;
    const named = n % 10 === 0 ? [coursewareOf(n), coursewareOf(n + 1)] : [];
    const kinds = ['training', '混合培训', '其他培训', '金属研究所', '沈阳'];
    const hours = [HOUR, 3 * HOUR, starts, starts + 8 * HOUR, day];
    training.run(trainingOf(n), `培训 ${n}`, ...kinds, ...hours, JSON.stringify(named), 1, 1, 1);
  }
  const enrolment = put('enrolments', 'training_id, learner_id, state, enrolled_at, updated_at');
  for (let nth = 0; nth < TRAININGS; nth += 1) {
    for (let n = 0; n < learners; n += 1) {
      enrolment.run(trainingOf((n + nth * 29) % ALL_TRAININGS), learnerOf(n), 'confirmed', 1, 1);
    }
  }
  client.exec('COMMIT');
  for (const { sql } of indexes) client.exec(sql);
  client.pragma('wal_checkpoint(TRUNCATE)');
  close();
}

/** Spread over the alphabet, so that learners are in another order than their facts. */
export const learnerOf = (n: number) => `u-${((n * 2_654_435_761) % 2 ** 32).toString(36).padStart(7, '0')}`;
const coursewareOf = (n: number) => `cw-${n}`;
const trainingOf = (n: number) => `training-${n}`;

/** A UUIDv7 of that moment. */
function sessionIdOf(at: number, n: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
}
