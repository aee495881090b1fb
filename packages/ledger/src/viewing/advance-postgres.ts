import type { SessionId } from '@watchledger/rules';
import type pg from 'pg';
import { exactInteger } from '../database/exact-integer.ts';
import type { Progress } from './port.ts';

/** What the database answers of a session whose totals it took. */
export interface Advanced {
  readonly sessionId: SessionId;
  readonly factsRevision: number;
  readonly sharedRevision: number;
}

/**
 * Takes the totals of many sessions in one auto-committed statement, where they continue what is stored within its
 * latest day: fence()'s `advance`, for sessions that are not sealed. Sessions that another transaction holds are
 * passed over, so this waits for nobody and can deadlock with nobody. Answers those that advanced.
 *
 * By hand: drizzle cannot say `unnest` of several arrays, and one statement for n rows is what makes it cheap.
 */
export async function advanceTogether(
  client: Pick<pg.Pool, 'query'>,
  progresses: readonly Progress[],
): Promise<Advanced[]> {
  const { rows } = await client.query<Record<keyof Advanced, string>>({
    name: 'advance_together',
    text: statement,
    values: columns(progresses),
  });
  return rows.map(({ sessionId, factsRevision, sharedRevision }) => ({
    sessionId: sessionId as SessionId,
    factsRevision: exactInteger(factsRevision),
    sharedRevision: exactInteger(sharedRevision),
  }));
}

const statement = `
  with given as (
    select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
      $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], $11::text[])
      as given (session_id, base_at, last_report_at, grew_at, watched_ms, forfeited_ms, day, day_ms, state,
        sealed_at, sealed_as)
  ), free as materialized (
    select stored.session_id from sessions stored join given using (session_id)
    where stored.sealed_at is null
      and stored.day = given.day
      and stored.last_report_at <= given.base_at
      and stored.watched_ms <= given.watched_ms
      and stored.watched_ms - stored.day_ms = given.watched_ms - given.day_ms
    for update of stored skip locked
  )
  update sessions set
    last_report_at = given.last_report_at, grew_at = given.grew_at, watched_ms = given.watched_ms,
    forfeited_ms = given.forfeited_ms, day_ms = given.day_ms, state = given.state,
    sealed_at = given.sealed_at, sealed_as = given.sealed_as
  from given join free using (session_id)
  where sessions.session_id = given.session_id
  returning sessions.session_id as "sessionId", facts_revision as "factsRevision",
    coalesce((select value from revisions where name = 'shared'), 0) as "sharedRevision"`;

function columns(progresses: readonly Progress[]): unknown[] {
  const column = (of: (progress: Progress) => string | number | null) => progresses.map(of);
  return [
    column(({ sessionId }) => sessionId),
    column(({ baseAt }) => baseAt),
    column(({ lastReportAt }) => lastReportAt),
    column(({ grewAt }) => grewAt),
    column(({ watchedMs }) => watchedMs),
    column(({ forfeitedMs }) => forfeitedMs),
    column(({ day }) => day),
    column(({ dayMs }) => dayMs),
    column(({ state }) => state),
    column(({ seal }) => seal?.at ?? null),
    column(({ seal }) => seal?.as ?? null),
  ];
}
