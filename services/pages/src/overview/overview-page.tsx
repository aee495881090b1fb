import type { OrganisationStatistics, Statistics } from '@watchledger/contract';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import { Blank } from '../parts/blank.tsx';
import { may } from '../site/roles.ts';
import { Figure } from './figure.tsx';
import { mostDrawn } from './pictures.ts';

export interface OverviewProps {
  page: Page;
  statistics: Statistics;
  /** The years that one can choose, the latest first. */
  years: readonly number[];
  /** The institutes that one can choose; fewer than two: there is nothing to choose. */
  institutes: readonly OrganisationStatistics[];
}

/** How far everybody is in a year, for those who lead: in words, in pictures, in tables. */
export function OverviewPage({ page, statistics, years, institutes }: OverviewProps) {
  const { format, texts } = page;
  const { overview } = texts;
  const { year, asOf, learners, courseware, coursewareWatched } = statistics;
  const drawn = Math.min(mostDrawn, courseware.length);
  return (
    <Layout page={page} title={overview.title(year)} styles={['/assets/overview.css']}>
      <header class="page-head">
        <h1>{overview.title(year)}</h1>
      </header>
      <Filters page={page} statistics={statistics} years={years} institutes={institutes} />
      {learners === 0 ? (
        <Blank title={overview.empty.title} text={overview.empty.text}>
          {may(page.signIn, 'admin') && (
            <p class="choices">
              <a class="button" href={page.link('/admin/learners')}>
                {overview.empty.go}
              </a>
            </p>
          )}
        </Blank>
      ) : (
        <>
          <HeadLine page={page} statistics={statistics} />
          <Tiles page={page} statistics={statistics} />
          <section class="sheet" aria-labelledby="distribution">
            <h2 id="distribution">{overview.distribution.title}</h2>
            <p class="muted">{overview.distribution.text}</p>
            <Figure page={page} statistics={statistics} name="distribution" />
          </section>
          <section class="sheet" aria-labelledby="months">
            <h2 id="months">{overview.months.title}</h2>
            <p class="muted">{overview.months.text}</p>
            <Figure page={page} statistics={statistics} name="months" />
          </section>
          {statistics.organisations.length > 1 && (
            <section class="sheet" aria-labelledby="institutes">
              <h2 id="institutes">{overview.institutes.title}</h2>
              <p class="muted">{overview.institutes.text}</p>
              <Figure page={page} statistics={statistics} name="institutes" />
            </section>
          )}
          <section class="sheet" aria-labelledby="courseware">
            <h2 id="courseware">{overview.courseware.title}</h2>
            {drawn === 0 ? (
              <Blank title={overview.courseware.none} text={overview.courseware.noneText} />
            ) : (
              <>
                <p class="muted">{overview.courseware.text(drawn, format.number(coursewareWatched))}</p>
                <Figure page={page} statistics={statistics} name="courseware" />
                <p class="muted small">{overview.courseware.finished}</p>
              </>
            )}
          </section>
          <p class="muted small">{overview.asOf(format.moment(asOf))}</p>
        </>
      )}
    </Layout>
  );
}

function Filters({ page, statistics, years, institutes }: OverviewProps) {
  const { filters, headquarters } = page.texts.overview;
  const lang = page.query.get('lang');
  return (
    <form class="filters" method="get" aria-label={filters.label}>
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      <div class="field">
        <label for="year">{filters.year}</label>
        <select id="year" name="year">
          {years.map((year) => (
            <option value={String(year)} selected={year === statistics.year}>
              {year}
            </option>
          ))}
        </select>
      </div>
      {institutes.length > 1 && (
        <div class="field">
          <label for="institute">{filters.institute}</label>
          <select id="institute" name="organisationId">
            <option value="">{filters.everybody}</option>
            {institutes.map(({ organisationId, name }) =>
              organisationId === null ? null : (
                <option value={organisationId} selected={organisationId === statistics.organisationId}>
                  {name ?? headquarters}
                </option>
              ),
            )}
          </select>
        </div>
      )}
      <button type="submit">{filters.show}</button>
    </form>
  );
}

function HeadLine({ page, statistics }: { page: Page; statistics: Statistics }) {
  const { format, texts } = page;
  const { overview } = texts;
  const { learners, reached, goalSeconds, organisationId, organisations } = statistics;
  const nothing = withNothing(statistics);
  const institute = organisations.find((each) => each.organisationId === organisationId)?.name;
  return (
    <p class="lead">
      {organisationId !== null && institute !== undefined && <b>{institute} · </b>}
      <b>
        {overview.headLine(
          format.number(learners),
          format.number(reached),
          format.percent(reached / learners),
        )}
      </b>{' '}
      {overview.average(format.duration(averageOf(statistics)), format.duration(goalSeconds))}
      {nothing > 0 && ` ${overview.withNothing(format.number(nothing))}`}
    </p>
  );
}

function Tiles({ page, statistics }: { page: Page; statistics: Statistics }) {
  const { format, texts } = page;
  const { tiles, people } = texts.overview;
  const { learners, reached, goalSeconds, hours } = statistics;
  const nothing = withNothing(statistics);
  const shown: readonly (readonly [name: string, figure: string, beside: string])[] = [
    [tiles.reached, people(format.number(reached)), tiles.reachedOf(format.number(learners))],
    [tiles.average, format.duration(averageOf(statistics)), tiles.averageOf(format.duration(goalSeconds))],
    [
      tiles.credited,
      texts.overview.hours(format.number(Math.floor(hours.total.creditedSeconds / 3_600))),
      tiles.creditedOf(texts.overview.hours(format.number(Math.floor(hours.total.seconds / 3_600)))),
    ],
    [tiles.nothing, people(format.number(nothing)), tiles.nothingOf(format.percent(nothing / learners))],
  ];
  return (
    <dl class="tiles" aria-label={tiles.label}>
      {shown.map(([name, figure, beside]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <b>{figure}</b> <span class="muted small">{beside}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const averageOf = ({ hours, learners }: Statistics): number =>
  Math.floor(hours.total.creditedSeconds / learners);

const withNothing = ({ distribution }: Statistics): number => distribution[0]?.learners ?? 0;
