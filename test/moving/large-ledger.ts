import { createHash } from 'node:crypto';
import { openSqlite } from '@watchledger/ledger';

export interface LargeLedger {
  readonly learners: number;
  readonly sessions: number;
  /** Days of sessions: one of each, and a second one of those over midnight. */
  readonly sessionDays: number;
}

const DAY = 86_400_000;
const firstDay = 20_454;
const daysEach = 10;
const batch = 50_000;

/** Makes a ledger as a year leaves it: sessions in the order of their times, each tenth day one over midnight. */
export function makeLargeLedger(file: string, sessionDays: number): LargeLedger {
  const { client, close } = openSqlite({ file, migrate: true });
  // Nobody mourns it after a power cut.
  client.pragma('synchronous = OFF');
  const learners = Math.ceil(sessionDays / daysEach);
  const learner = client.prepare('insert into learners (learner_id, first_seen_at) values (?, ?)');
  const session = client.prepare(
    `insert into sessions values (@id, @learner, @courseware, @client, @hash, @openedAt, @closedAt, @closedAt,
     @watchedMs, @forfeitedMs, @day, @dayMs, 'paused', @sealedAt, @sealedAs, 2)`,
  );
  const earlier = client.prepare('insert into session_days values (?, ?, ?)');
  const courseware = client.prepare(
    `insert into courseware values (?, ?, 'video', 7200000, 7200, 'team', 1, null, 1, 1, 1)`,
  );
  const audit = client.prepare(
    `insert into audit (sequence, seal, at, actor, action, subject_kind, subject_id, changes, reason)
     values (?, 'as sealed', 1, 'admin-1', 'created', 'courseware', ?, '[{"field":"limitMs","from":null,"to":7200000}]', null)`,
  );

  let waiting = 0;
  const written = () => {
    waiting += 1;
    if (waiting % batch === 0) client.exec('COMMIT; BEGIN');
  };
  client.exec('BEGIN');
  for (let n = 0; n < 500; n += 1) {
    courseware.run(coursewareOf(n), `课件 ${n}`);
    audit.run(n + 1, coursewareOf(n));
  }
  for (let n = 0; n < learners; n += 1) {
    learner.run(learnerOf(n), firstDay * DAY);
    written();
  }
  let sessions = 0;
  for (let nth = 0; nth < daysEach - 1; nth += 1) {
    const overMidnight = nth === 4;
    for (let n = 0; n < learners; n += 1) {
      const day = firstDay + nth * 7;
      const openedAt = day * DAY + (overMidnight ? 23 * 3_600_000 : 10 * 3_600_000) + (n % 600_000);
      const watchedMs = 2_700_000 + ((n * 7919 + nth * 104_729) % 900_000);
      const dayMs = overMidnight ? watchedMs - 1_800_000 : watchedMs;
      const open = nth === daysEach - 2 && n % 3 === 0;
      const id = sessionIdOf(openedAt, sessions);
      const closedAt = openedAt + watchedMs + 60_000;
      session.run({
        id,
        learner: learnerOf(n),
        courseware: coursewareOf((n + nth) % 500),
        client: `tab-${n % 97}`,
        hash: createHash('sha256').update(id).digest('base64url'),
        openedAt,
        closedAt,
        watchedMs,
        forfeitedMs: n % 5_000,
        day: overMidnight ? day + 1 : day,
        dayMs,
        sealedAt: open ? null : closedAt,
        sealedAs: open ? null : n % 11 === 0 ? 'superseded' : 'ended',
      });
      if (overMidnight) earlier.run(id, day, watchedMs - dayMs);
      sessions += 1;
      written();
    }
  }
  client.exec('COMMIT');
  client.pragma('wal_checkpoint(TRUNCATE)');
  close();
  return { learners, sessions, sessionDays: sessions + learners };
}

/** Spread over the alphabet, so that learners are in another order than their sessions. */
const learnerOf = (n: number) => `u-${((n * 2_654_435_761) % 2 ** 32).toString(36).padStart(7, '0')}`;
const coursewareOf = (n: number) => `cw-${n}`;

/** A UUIDv7 of that moment. */
function sessionIdOf(at: number, n: number): string {
  const time = at.toString(16).padStart(12, '0');
  const tail = ((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(4, '0').slice(-4)}${tail}`;
}
