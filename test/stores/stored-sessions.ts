import Database from 'better-sqlite3';
import pg from 'pg';

/** A session as it is stored, read past the product. */
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

const query = `
  select session_id as "sessionId", learner_id as "learnerId", opened_at as "openedAt",
    last_report_at as "lastReportAt", sealed_at as "sealedAt", sessions.watched_ms as "watchedMs",
    day_ms + coalesce((select sum(d.watched_ms) from session_days d
      where d.session_id = sessions.session_id), 0) as "daysMs"
  from sessions order by learner_id, opened_at, sealed_at is null, sealed_at`;

/** Every session of a database, by learner and in the order of their times. */
export async function storedSessions(databaseUrl: string): Promise<StoredSession[]> {
  return databaseUrl.startsWith('file:')
    ? inFile(databaseUrl.slice('file:'.length))
    : inPostgres(databaseUrl);
}

function inFile(file: string): StoredSession[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], StoredSession>(query).all();
  } finally {
    database.close();
  }
}

async function inPostgres(connectionString: string): Promise<StoredSession[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<Record<keyof StoredSession, string | null>>(query);
    return rows.map(({ sessionId, learnerId, sealedAt, ...figures }) => ({
      sessionId: String(sessionId),
      learnerId: String(learnerId),
      openedAt: Number(figures.openedAt),
      lastReportAt: Number(figures.lastReportAt),
      sealedAt: sealedAt === null ? null : Number(sealedAt),
      watchedMs: Number(figures.watchedMs),
      daysMs: Number(figures.daysMs),
    }));
  } finally {
    await client.end();
  }
}
