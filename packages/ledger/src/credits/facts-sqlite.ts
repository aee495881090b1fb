import type { Calendar, LearnerId } from '@watchledger/rules';
import type { SqliteDatabase } from '../database/sqlite.ts';
import {
  type ActivityTuple,
  type AttendanceTuple,
  type ClosedYearTuple,
  type FrozenTuple,
  learnersFacts,
  type TermsTuple,
  type ViewingTuple,
} from './facts.ts';
import { createKnownTerms } from './known-terms.ts';
import type { LearnerFacts } from './port.ts';

/**
 * Reads the facts of some learners, all from one snapshot: one statement for each kind of fact, however many learners,
 * each from an index that holds all it asks for (`npm run bench`).
 */
export function createSqliteFacts(
  { client }: SqliteDatabase,
  calendar: Pick<Calendar, 'startOf'>,
): (learnerIds: readonly LearnerId[]) => LearnerFacts[] {
  const listing = <Tuple>(statement: string) => {
    const prepared = client.prepare<[list: string], Tuple>(statement).raw();
    return (list: readonly string[]) => prepared.all(JSON.stringify(list));
  };
  const over = listing<ViewingTuple>(viewings('sealed_at is not null'));
  const notOver = listing<ViewingTuple>(viewings('sealed_at is null'));
  // By their state SQLite would look through everybody's; a plus keeps it from that.
  const activities = listing<ActivityTuple>(`
    select learner_id, activity_id, category, from_day, to_day, granted_ms
    from activities where learner_id in ${LISTED} and +state = 'approved'`);
  const attendances = listing<AttendanceTuple>(`
    select e.learner_id, t.training_id, t.starts_at, t.end_day, coalesce(e.online_ms, t.online_ms),
      coalesce(e.offline_ms, t.offline_ms), nullif(t.courseware_ids, '[]')
    from enrolments e join trainings t on t.training_id = e.training_id
    where e.learner_id in ${LISTED} and e.state = 'confirmed'`);
  const closed = client
    .prepare<[], ClosedYearTuple>('select year, policy from closed_years where closed_at is not null')
    .raw();
  const frozen = listing<FrozenTuple>(
    `select learner_id, year, credits from frozen_credits where learner_id in ${LISTED}`,
  );
  const terms = listing<TermsTuple>(
    `select courseware_id, title, limit_ms from courseware where courseware_id in ${LISTED}`,
  );
  const sharedRevision = client
    .prepare<[], number>("select value from revisions where name = 'shared'")
    .pluck();
  const knownAt = createKnownTerms();

  return client.transaction((learnerIds: readonly LearnerId[]): LearnerFacts[] => {
    const closedYears = closed.all();
    const rows = {
      viewings: [...over(learnerIds), ...notOver(learnerIds)],
      activities: activities(learnerIds),
      attendances: attendances(learnerIds),
      closedYears,
      frozen: closedYears.length === 0 ? [] : frozen(learnerIds),
    };
    const known = knownAt(sharedRevision.get() ?? 0);
    const unknown = known.unknownOf(rows.viewings);
    if (unknown.length > 0) known.learn(unknown, terms(unknown));
    return learnersFacts(learnerIds, rows, known.terms, calendar);
  });
}

/** A list of any length as one parameter, so that the statement stays prepared. */
const LISTED = '(select value from json_each(?))';

/** A session's latest day is in its row, earlier ones are beside it. */
const viewings = (which: string) => `
  select learner_id, session_id, courseware_id, opened_at, grew_at, day, day_ms,
    case when watched_ms > day_ms then (
      select json_group_array(json_array(day, watched_ms)) from session_days
      where session_id = sessions.session_id) end
  from sessions where learner_id in ${LISTED} and ${which}`;
