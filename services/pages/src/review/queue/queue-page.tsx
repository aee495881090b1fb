import type { Organisation } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { PersonName } from '../../people/person-name.tsx';
import { daysOf } from '../days.ts';
import { Keys, KeysButton } from '../keys.tsx';
import { chosenValue } from './chosen.ts';
import type { QueueRow } from './rows.ts';
import { isFiltered, type QueueSearch, withSearch } from './search.ts';
import { Warnings } from './warnings.tsx';

interface QueueProps {
  page: Page;
  rows: readonly QueueRow[];
  search: QueueSearch;
  /** On the first page. */
  count: { readonly count: number; readonly more: boolean } | null;
  nextCursor: string | null;
  /** To choose from; none for whoever has but one. */
  institutes: readonly Organisation[];
}

/** What waits for a decision. */
export function QueuePage({ page, rows, search, count, nextCursor, institutes }: QueueProps) {
  const { queue } = page.texts.review;
  return (
    <Layout page={page} title={queue.title} styles={['/assets/review.css']} scripts={['review.js']}>
      <header class="page-head">
        <h1>{queue.title}</h1>
        <p class="choices">
          {count !== null && <span class="muted">{queue.count(count.count, count.more)}</span>}
          <KeysButton page={page} />
        </p>
      </header>
      <p class="lead">{queue.lead}</p>
      <Filters page={page} search={search} institutes={institutes} />
      {rows.length === 0 ? (
        <Blank title={queue.emptyTitle} text={isFiltered(search) ? queue.emptyFiltered : queue.empty} />
      ) : (
        <form method="post" action={page.link(withSearch('/review/approve', search))}>
          <Rows page={page} rows={rows} search={search} />
          <div class="act-on-chosen">
            <label class="choose-all" hidden data-choose-all>
              <input type="checkbox" /> {queue.chooseAll}
            </label>
            <button type="submit">{queue.approve}</button>
          </div>
        </form>
      )}
      <Pager page={page} nextCursor={nextCursor} />
      <Keys page={page} />
    </Layout>
  );
}

function Filters({ page, search, institutes }: Pick<QueueProps, 'page' | 'search' | 'institutes'>) {
  const { queue, categories, all, filter, clear } = page.texts.review;
  return (
    <form class="filters" method="get" action="/review">
      {page.query.has('lang') && <input type="hidden" name="lang" value={page.language} />}
      <div class="field">
        <label for="query">{queue.search}</label>
        <input
          id="query"
          name="query"
          type="search"
          value={search.query}
          maxlength={200}
          placeholder={queue.searchHelp}
        />
      </div>
      <div class="field">
        <label for="category">{queue.category}</label>
        <select id="category" name="category">
          <option value="">{all}</option>
          {Object.entries(categories).map(([value, name]) => (
            <option value={value} selected={value === search.category}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {institutes.length > 1 && (
        <div class="field">
          <label for="organisationId">{queue.institute}</label>
          <select id="organisationId" name="organisationId">
            <option value="">{all}</option>
            {institutes.map(({ organisationId, name }) => (
              <option value={organisationId} selected={organisationId === search.organisationId}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <button type="submit" class="second">
        {filter}
      </button>
      {isFiltered(search) && <a href={page.link('/review')}>{clear}</a>}
    </form>
  );
}

function Rows({ page, rows, search }: Pick<QueueProps, 'page' | 'rows' | 'search'>) {
  const { queue, categories } = page.texts.review;
  return (
    <table class="rows stacked queue">
      <thead>
        <tr>
          <th scope="col">{queue.choose}</th>
          <th scope="col">{queue.who}</th>
          <th scope="col">{queue.what}</th>
          <th scope="col">{queue.when}</th>
          <th scope="col" class="number">
            {queue.hours}
          </th>
          <th scope="col">{queue.check}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { activity, etag, person, isOwn } = row;
          const { activityId, title } = activity;
          return (
            <tr data-row>
              <td data-label={queue.choose}>
                {!isOwn && (
                  <input
                    type="checkbox"
                    name="chosen"
                    value={chosenValue({ activityId, etag })}
                    aria-label={queue.chooseOf(title, person.name)}
                  />
                )}
              </td>
              <td data-label={queue.who}>
                <PersonName person={person} />
              </td>
              <td data-label={queue.what}>
                <span class="what">
                  <a href={page.link(withSearch(`/review/${activityId}`, search))} data-open>
                    {title}
                  </a>
                  <span class="muted small">{categories[activity.category]}</span>
                </span>
              </td>
              <td data-label={queue.when}>{daysOf(page, activity)}</td>
              <td data-label={queue.hours} class="number">
                {page.format.exactDuration(activity.seconds)}
              </td>
              <td data-label={queue.check}>
                <Warnings page={page} row={row} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
