import type { Calendar, LearnerId } from '@watchledger/rules';
import { exactInteger } from '../database/exact-integer.ts';
import type { PostgresDatabase } from '../database/postgres.ts';
import { LedgerUnavailable } from '../database/problems.ts';
import { type FactRows, learnersFacts, type TermsTuple, type ViewingTuple } from './facts.ts';
import { createKnownTerms } from './known-terms.ts';
import type { LearnerFacts } from './port.ts';

/** So often terms are asked for, where they change between the facts and them. */
const MOST_ATTEMPTS = 5;

/**
 * Reads the facts of some learners in one statement, and so from one snapshot: at midnight a day moves from the
 * session's row to beside it, and must not be seen twice; a year that is reopened meanwhile is closed with its
 * credits, or open. Who watches pays one round trip; rows come as JSON, whose parsing costs this process the least.
 */
export function createPostgresFacts(
  { pool }: Pick<PostgresDatabase, 'pool'>,
  calendar: Pick<Calendar, 'startOf'>,
): (learnerIds: readonly LearnerId[]) => Promise<LearnerFacts[]> {
  const knownAt = createKnownTerms();

  async function read<Row>(name: string, text: string, list: readonly string[]) {
    const { rows } = await pool.query<Row & { revision: string }>({ name, text, values: [list] });
    const [row] = rows;
    if (row === undefined) throw new Error('a statement of one row gave none');
    return { ...row, revision: exactInteger(row.revision) };
  }

  /** At the revision of the facts or a later one: should it move in between, they are all asked for anew. */
  async function termsOf(viewings: readonly ViewingTuple[], revision: number) {
    let at = revision;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const known = knownAt(at);
      const unknown = known.unknownOf(viewings);
      if (unknown.length === 0) return known.terms;
      const found = await read<{ terms: readonly TermsTuple[] }>('terms', TERMS, unknown);
      if (found.revision === known.revision) {
        known.learn(unknown, found.terms);
        return known.terms;
      }
      // Where it is an earlier one, a replica answered that has not heard of it yet.
      at = Math.max(at, found.revision);
    }
    throw new LedgerUnavailable('busy');
  }

  return async (learnerIds) => {
    const { revision, ...rows } = await read<FactRows>('facts', FACTS, learnerIds);
    const courseware = await termsOf(rows.viewings, revision);
    return learnersFacts(learnerIds, rows, courseware, calendar);
  };
}

const SHARED_REVISION = `coalesce((select value from revisions where name = 'shared'), 0)`;

/** A row of a statement as one JSON array. */
const list = (columns: string, from: string) =>
  `(select coalesce(json_agg(json_build_array(${columns})), '[]') from ${from})`;

const EARLIER_DAYS = `(select json_agg(json_build_array(d.day, d.watched_ms))
  from session_days d where d.session_id = s.session_id)`;

const VIEWINGS = list(
  `learner_id, session_id, courseware_id, opened_at, grew_at, day, day_ms,
    case when watched_ms > day_ms then ${EARLIER_DAYS} end`,
  'sessions s where learner_id = any($1::text[])',
);

const ACTIVITIES = list(
  'learner_id, activity_id, category, from_day, to_day, granted_ms',
  `activities where learner_id = any($1::text[]) and state = 'approved'`,
);

const ATTENDANCES = list(
  `e.learner_id, t.training_id, t.starts_at, t.end_day, coalesce(e.online_ms, t.online_ms),
    coalesce(e.offline_ms, t.offline_ms), t.courseware_ids`,
  `enrolments e join trainings t on t.training_id = e.training_id
    where e.learner_id = any($1::text[]) and e.state = 'confirmed'`,
);

const FACTS = `select ${SHARED_REVISION} as revision, ${VIEWINGS} as viewings, ${ACTIVITIES} as activities,
  ${ATTENDANCES} as attendances,
  ${list('year, policy', 'closed_years where closed_at is not null')} as "closedYears",
  ${list('learner_id, year, credits', 'frozen_credits where learner_id = any($1::text[])')} as frozen`;

const TERMS = `select ${SHARED_REVISION} as revision,
  ${list('courseware_id, title, limit_ms', 'courseware where courseware_id = any($1::text[])')} as terms`;
