import type { Training, TrainingKind } from '@watchledger/contract';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
import { Blank } from '../../../parts/blank.tsx';
import { Pager } from '../../../parts/pager.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { trainingPath } from '../paths.ts';
import { whenOf } from '../when.ts';

interface TrainingsSearch {
  readonly query: string | undefined;
  readonly kind: TrainingKind | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Undefined: all institutes. */
  readonly source: 'own' | undefined;
}

interface TrainingsProps {
  page: Page;
  items: readonly Training[];
  nextCursor: string | null;
  search: TrainingsSearch;
}

/** The trainings of an institute, with how many are enrolled and confirmed. */
export function TrainingsPage({ page, items, nextCursor, search }: TrainingsProps) {
  const { trainings } = page.texts.review;
  const isFiltered = [search.query, search.kind, search.from, search.to].some((value) => value !== undefined);
  return (
    <Layout page={page} title={trainings.title} styles={['/assets/review.css']}>
      <header class="page-head">
        <h1>{trainings.title}</h1>
        <p class="choices">
          <a class="button" href={page.link('/review/trainings/new')}>
            {trainings.create}
          </a>
          <a class="button second" href={page.link('/review/trainings/import')}>
            {trainings.import}
          </a>
        </p>
      </header>
      <p class="lead">{trainings.lead}</p>
      <Filters page={page} search={search} isFiltered={isFiltered || search.source === undefined} />
      {items.length === 0 ? (
        <Blank title={trainings.emptyTitle} text={isFiltered ? trainings.emptyFiltered : trainings.empty} />
      ) : (
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{trainings.name}</th>
              <th scope="col">{trainings.when}</th>
              <th scope="col">{trainings.place}</th>
              <th scope="col" class="number">
                {trainings.hours}
              </th>
              <th scope="col" class="number">
                {trainings.people}
              </th>
              <th scope="col">{trainings.state}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((training) => (
              <Row page={page} training={training} />
            ))}
          </tbody>
        </table>
      )}
      <Pager page={page} nextCursor={nextCursor} />
    </Layout>
  );
}

function Row({ page, training }: { page: Page; training: Training }) {
  const { trainings } = page.texts.review;
  const { trainingId, title, organiser, place, totalSeconds, enrolled, confirmed, endsAt, open } = training;
  const waiting = enrolled - confirmed;
  const isOver = Date.parse(endsAt) <= Date.now();
  return (
    <tr>
      <td data-label={trainings.name}>
        <span class="what">
          <a href={page.link(trainingPath(trainingId))}>{title}</a>
          <span class="muted small">{organiser}</span>
        </span>
      </td>
      <td data-label={trainings.when}>{whenOf(page, training)}</td>
      <td data-label={trainings.place}>{place}</td>
      <td data-label={trainings.hours} class="number">
        {page.format.exactDuration(totalSeconds)}
      </td>
      <td data-label={trainings.people} class="number">
        {trainings.peopleOf(enrolled, confirmed)}
      </td>
      <td data-label={trainings.state}>
        <span class="tags">
          {isOver && waiting > 0 && <Tag tone="warn" text={trainings.waiting(waiting)} />}
          {open && <Tag tone="good" text={trainings.open} />}
          {!isOver && <Tag tone="waiting" text={trainings.notOver} />}
        </span>
      </td>
    </tr>
  );
}

function Filters(props: { page: Page; search: TrainingsSearch; isFiltered: boolean }) {
  const { page, search, isFiltered } = props;
  const { trainings, all, filter, clear } = page.texts.review;
  return (
    <form class="filters" method="get" action="/review/trainings">
      {page.query.has('lang') && <input type="hidden" name="lang" value={page.language} />}
      <div class="field">
        <label for="query">{trainings.search}</label>
        <input id="query" name="query" type="search" value={search.query} maxlength={200} />
      </div>
      <div class="field">
        <label for="kind">{trainings.kind}</label>
        <select id="kind" name="kind">
          <option value="">{all}</option>
          {Object.entries(trainings.kinds).map(([value, name]) => (
            <option value={value} selected={value === search.kind}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="from">{trainings.from}</label>
        <input id="from" name="from" type="date" value={search.from} />
      </div>
      <div class="field">
        <label for="to">{trainings.to}</label>
        <input id="to" name="to" type="date" value={search.to} />
      </div>
      <div class="field">
        <label for="source">{trainings.source}</label>
        <select id="source" name="source">
          <option value="own">{trainings.sources.own}</option>
          <option value="all" selected={search.source === undefined}>
            {trainings.sources.all}
          </option>
        </select>
      </div>
      <button type="submit" class="second">
        {filter}
      </button>
      {isFiltered && <a href={page.link('/review/trainings')}>{clear}</a>}
    </form>
  );
}
