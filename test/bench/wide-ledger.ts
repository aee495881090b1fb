import { openSqlite } from '@watchledger/ledger';
import { firstDayOfYear } from '@watchledger/rules';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const ORGANISATIONS = 40;
const TRAININGS = 2_000;

/** Makes a ledger whose lists are long: as many learners as courseware, each learner with a little of everything. */
export function makeWideLedger(file: string, many: number, year: number): void {
  const { client, close } = openSqlite({ file, migrate: true });
  // Nobody mourns it after a power cut.
  client.pragma('synchronous = OFF');
  client.exec('BEGIN');
  const put = (table: string, columns: string) =>
    client.prepare(`insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`);
  const first = firstDayOfYear(year);

  const organisation = put('organisations', 'organisation_id, name, version, created_at, updated_at');
  for (let n = 0; n < ORGANISATIONS; n += 1) organisation.run(`org-${n}`, `研究所 ${n}`, 1, 1, 1);
  const learner = put('learners', 'learner_id, first_seen_at, name, organisation_id, rostered_at, version');
  for (let n = 0; n < many; n += 1)
    learner.run(learnerOf(n), first * DAY, `学员 ${n}`, `org-${n % ORGANISATIONS}`, 1, 1);
  const courseware = put(
    'courseware',
    'courseware_id, title, kind, limit_ms, open, version, created_at, updated_at',
  );
  for (let n = 0; n < many; n += 1)
    courseware.run(coursewareOf(n), `课件 ${n}`, n % 5 === 0 ? 'document' : 'video', 2 * HOUR, 1, 1, n, n);

  const session = put(
    'sessions',
    `session_id, learner_id, courseware_id, end_token_hash, opened_at, last_report_at, grew_at, watched_ms,
     forfeited_ms, day, day_ms, state, sealed_at, sealed_as`,
  );
  const activity = put(
    'activities',
    `activity_id, learner_id, category, title, from_day, to_day, declared_ms, evidence, state, submitted_at, granted_ms,
     version, created_at, updated_at`,
  );
  for (let n = 0; n < many; n += 1) {
    const day = first + (n % 300);
    for (let nth = 0; nth < 3; nth += 1) {
      const opened = (day + nth) * DAY + 2 * HOUR + (n % HOUR);
      const ended = opened + HOUR;
      session.run(
        idOf(opened, n),
        learnerOf(n),
        coursewareOf((n * 7 + nth) % many),
        `${n}-${nth}`,
        opened,
        ended,
        ended,
        HOUR,
        0,
        day + nth,
        HOUR,
        'ended',
        ended,
        'ended',
      );
    }
    const submitted = n % 4 === 0;
    const at = day * DAY;
    activity.run(
      idOf(at, n),
      learnerOf(n),
      n % 2 === 0 ? 'self-study' : 'offline',
      `一本书 ${n}`,
      day,
      day,
      2 * HOUR,
      '[]',
      submitted ? 'submitted' : 'approved',
      at,
      submitted ? null : 2 * HOUR,
      1,
      at,
      at,
    );
  }

  const training = put(
    'trainings',
    `training_id, title, kind, form, category, organiser, place, online_ms, offline_ms, starts_at, ends_at, end_day,
     courseware_ids, version, created_at, updated_at`,
  );
  for (let n = 0; n < TRAININGS; n += 1) {
    const day = first + (n % 360);
    const starts = day * DAY + HOUR;
    training.run(
      trainingOf(n),
      `培训 ${n}`,
      'training',
      '混合培训',
      '其他培训',
      '金属研究所',
      '沈阳',
      HOUR,
      3 * HOUR,
      starts,
      starts + 8 * HOUR,
      day,
      '[]',
      1,
      1,
      1,
    );
  }
  const enrolment = put('enrolments', 'training_id, learner_id, state, enrolled_at, updated_at');
  for (let n = 0; n < many; n += 1)
    enrolment.run(trainingOf(n % TRAININGS), learnerOf(n), n % 3 === 0 ? 'enrolled' : 'confirmed', 1, 1);
  const audit = put(
    'audit',
    'sequence, at, actor, action, subject_kind, subject_id, learner_id, changes, seal',
  );
  for (let n = 0; n < many; n += 1)
    audit.run(n + 1, n, 'import', 'created', 'learner', learnerOf(n), learnerOf(n), '[]', `${n}`);
  client.exec('COMMIT');
  client.exec('ANALYZE');
  client.pragma('wal_checkpoint(TRUNCATE)');
  close();
}

export const learnerOf = (n: number): string => `u-${String(n).padStart(6, '0')}`;
const coursewareOf = (n: number): string => `cw-${String(n).padStart(6, '0')}`;
const trainingOf = (n: number): string => `t-${String(n).padStart(4, '0')}`;

/** A UUIDv7 of that moment. */
function idOf(at: number, n: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
}
