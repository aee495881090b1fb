import type Database from 'better-sqlite3';
import type pg from 'pg';

/** For tests: a session as it is stored, read past the product. */
export interface StoredSession {
  readonly sessionId: string;
  readonly learnerId: string;
  readonly openedAt: number;
  readonly lastReportAt: number;
  readonly sealedAt: number | null;
  readonly watchedMs: number;
  /** What its days sum up to. */
  readonly daysMs: number;
}

/** For tests: the sessions in a SQLite file, of one learner or all, by learner and in the order of their times. */
export function sessionsInSqlite(client: Database.Database, learnerId?: string): StoredSession[] {
  if (learnerId === undefined) return client.prepare<[], StoredSession>(query('')).all();
  return client.prepare<[string], StoredSession>(query('where learner_id = ?')).all(learnerId);
}

/** The same in PostgreSQL. */
export async function sessionsInPostgres(
  client: Pick<pg.ClientBase, 'query'>,
  learnerId?: string,
): Promise<StoredSession[]> {
  const [where, values] = learnerId === undefined ? ['', []] : ['where learner_id = $1', [learnerId]];
  const { rows } = await client.query<Record<keyof StoredSession, string | null>>(query(where), values);
  return rows.map(({ sessionId, learnerId, sealedAt, ...figures }) => ({
    sessionId: String(sessionId),
    learnerId: String(learnerId),
    openedAt: Number(figures.openedAt),
    lastReportAt: Number(figures.lastReportAt),
    sealedAt: sealedAt === null ? null : Number(sealedAt),
    watchedMs: Number(figures.watchedMs),
    daysMs: Number(figures.daysMs),
  }));
}

const query = (where: string) => `
  select session_id as "sessionId", learner_id as "learnerId", opened_at as "openedAt",
    last_report_at as "lastReportAt", sealed_at as "sealedAt", sessions.watched_ms as "watchedMs",
    day_ms + coalesce((select sum(d.watched_ms) from session_days d
      where d.session_id = sessions.session_id), 0) as "daysMs"
  from sessions ${where} order by learner_id, opened_at, sealed_at is null, sealed_at`;
