import type { Activity } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Tag } from '../../parts/tag.tsx';
import type { Person } from '../../people/people.ts';
import { PersonName } from '../../people/person-name.tsx';
import { toneOf } from '../decision-words.ts';

export interface HistorySearch {
  /** Of all reviewers, not only one's own. */
  readonly everybody: boolean;
  readonly state: 'approved' | 'rejected' | undefined;
  readonly query: string | undefined;
}

export function historySearch(query: URLSearchParams): HistorySearch {
  const state = query.get('state');
  return {
    everybody: query.get('by') === 'everybody',
    state: state === 'approved' || state === 'rejected' ? state : undefined,
    query: query.get('query')?.trim() || undefined,
  };
}

interface HistoryProps {
  page: Page;
  items: readonly Activity[];
  nextCursor: string | null;
  search: HistorySearch;
  personOf: (learnerId: string) => Person;
}

/** What was decided, the latest first, each with a way to correct it. */
export function HistoryPage({ page, items, nextCursor, search, personOf }: HistoryProps) {
  const { history, states, filter, clear, all } = page.texts.review;
  const isFiltered = search.query !== undefined || search.state !== undefined;
  return (
    <Layout page={page} title={history.title} styles={['/assets/review.css']}>
      <h1>{history.title}</h1>
      <p class="lead">{history.lead}</p>
      <form class="filters" method="get" action="/review/history">
        {page.query.has('lang') && <input type="hidden" name="lang" value={page.language} />}
        <div class="field">
          <label for="query">{history.search}</label>
          <input id="query" name="query" type="search" value={search.query} maxlength={200} />
        </div>
        <div class="field">
          <label for="by">{history.by}</label>
          <select id="by" name="by">
            <option value="me">{history.mine}</option>
            <option value="everybody" selected={search.everybody}>
              {history.everybody}
            </option>
          </select>
        </div>
        <div class="field">
          <label for="state">{history.state}</label>
          <select id="state" name="state">
            <option value="">{all}</option>
            {(['approved', 'rejected'] as const).map((state) => (
              <option value={state} selected={state === search.state}>
                {states[state]}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="second">
          {filter}
        </button>
        {(isFiltered || search.everybody) && <a href={page.link('/review/history')}>{clear}</a>}
      </form>
      {items.length === 0 ? (
        <Blank title={history.emptyTitle} text={isFiltered ? history.emptyFiltered : history.empty} />
      ) : (
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{history.when}</th>
              <th scope="col">{history.who}</th>
              <th scope="col">{history.what}</th>
              <th scope="col">{history.state}</th>
              <th scope="col" class="number">
                {history.hours}
              </th>
              <th scope="col">{history.correct}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((activity) => (
              <Row page={page} activity={activity} person={personOf(activity.learnerId)} />
            ))}
          </tbody>
        </table>
      )}
      <Pager page={page} nextCursor={nextCursor} />
    </Layout>
  );
}

function Row({ page, activity, person }: { page: Page; activity: Activity; person: Person }) {
  const { history, states } = page.texts.review;
  const { activityId, title, state, seconds, grantedSeconds, comment, decidedBy, decidedAt } = activity;
  const hours = (value: number | null) => (value === null ? '—' : page.format.exactDuration(value));
  return (
    <tr>
      <td data-label={history.when}>
        <span class="what">
          {decidedAt !== null && page.format.moment(decidedAt)}
          <span class="muted small">{decidedBy}</span>
        </span>
      </td>
      <td data-label={history.who}>
        <PersonName person={person} />
      </td>
      <td data-label={history.what}>{title}</td>
      <td data-label={history.state}>
        <span class="what">
          <Tag tone={toneOf[state]} text={states[state]} />
          {comment !== null && <span class="muted small">{comment}</span>}
        </span>
      </td>
      <td data-label={history.hours} class="number">
        {hours(seconds)} → {hours(grantedSeconds)}
      </td>
      <td data-label={history.correct}>
        <a href={page.link(`/review/${activityId}`)} aria-label={history.correctOf(title, person.name)}>
          {history.correct}
        </a>
      </td>
    </tr>
  );
}
