import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Hidden } from '../hidden.tsx';
import type { FoundLearners, LearnerWithCredits } from './found.ts';
import { Institute, InstituteOptions, type Institutes } from './institute.tsx';
import { pathOfLearner } from './paths.ts';

interface LearnersPageProps {
  page: Page;
  found: FoundLearners;
  institutes: Institutes;
  year: number;
  /** The present year, and those before it that can be asked for. */
  years: readonly number[];
}

/** The learners that match, each with the figures of a year. */
export function LearnersPage({ page, found, institutes, year, years }: LearnersPageProps) {
  const { learners: texts } = page.texts.admin;
  const below = page.query.get('below') === 'goal';
  return (
    <Layout page={page} title={texts.title} styles={['/assets/admin.css']}>
      <header class="page-head">
        <h1>{texts.title}</h1>
        <a class="button second" href={page.link('/admin/learners/import')}>
          {texts.importMany}
        </a>
      </header>
      <Search page={page} institutes={institutes} year={year} years={years} below={below} />
      {found.items.length === 0 ? (
        found.nextCursor === null ? (
          <Blank title={texts.empty} text={texts.emptyText} />
        ) : (
          <p class="note">{texts.someLooked}</p>
        )
      ) : (
        <section class="wide" aria-label={texts.caption(year)} tabindex={0}>
          <table class="rows stacked">
            <caption>{texts.caption(year)}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.name}</th>
                <th scope="col">{texts.institute}</th>
                <th scope="col" class="number">
                  {texts.online}
                </th>
                <th scope="col" class="number">
                  {texts.selfStudy}
                </th>
                <th scope="col" class="number">
                  {texts.offline}
                </th>
                <th scope="col" class="number">
                  {texts.total}
                </th>
                <th scope="col" class="number">
                  {texts.missing}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.items.map((each) => (
                <Row page={page} each={each} institutes={institutes} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pager page={page} nextCursor={found.nextCursor} />
    </Layout>
  );
}

function Row(props: { page: Page; each: LearnerWithCredits; institutes: Institutes }) {
  const { page, institutes } = props;
  const { learner, credits } = props.each;
  const { learners: texts } = page.texts.admin;
  const { duration, left } = page.format;
  const { learnerId, name, active, rosteredAt } = learner;
  const figures = [
    [texts.online, credits.online.creditedSeconds],
    [texts.selfStudy, credits.selfStudy.creditedSeconds],
    [texts.offline, credits.offline.creditedSeconds],
    [texts.total, credits.total.creditedSeconds],
  ] as const;
  return (
    <tr>
      <th scope="row">
        <a href={page.link(`${pathOfLearner(learnerId)}?year=${credits.year}`)}>{name ?? learnerId}</a>
        <span class="small muted id">
          {name !== null && learnerId} {rosteredAt === null && <Tag tone="waiting" text={texts.unlisted} />}
          {!active && <Tag tone="waiting" text={texts.activeNo} />}
        </span>
      </th>
      <td data-label={texts.institute}>
        {rosteredAt === null ? (
          '—'
        ) : (
          <Institute page={page} id={learner.organisationId} institutes={institutes} />
        )}
      </td>
      {figures.map(([label, seconds]) => (
        <td class="number" data-label={label}>
          {duration(seconds)}
        </td>
      ))}
      <td class="number" data-label={texts.missing}>
        {credits.total.missingSeconds === 0 ? (
          <Tag tone="good" text={texts.reached} />
        ) : (
          left(credits.total.missingSeconds)
        )}
      </td>
    </tr>
  );
}

interface SearchProps {
  page: Page;
  institutes: Institutes;
  year: number;
  years: readonly number[];
  below: boolean;
}

function Search({ page, institutes, year, years, below }: SearchProps) {
  const { admin } = page.texts;
  const { learners: texts } = admin;
  const asked = (name: string) => page.query.get(name) ?? '';
  return (
    <search>
      <form class="filters" method="get" action={page.path}>
        <Hidden fields={{ lang: page.query.get('lang') ?? undefined }} />
        <div class="field">
          <label for="query">{texts.query}</label>
          <input id="query" name="query" type="search" maxlength={200} value={asked('query')} />
        </div>
        <div class="field">
          <label for="organisationId">{texts.institute}</label>
          <select id="organisationId" name="organisationId">
            <option value="">{admin.all}</option>
            <InstituteOptions institutes={institutes} chosen={asked('organisationId')} />
          </select>
        </div>
        <div class="field">
          <label for="active">{texts.active}</label>
          <select id="active" name="active">
            <option value="">{admin.all}</option>
            <option value="true" selected={asked('active') === 'true'}>
              {texts.activeYes}
            </option>
            <option value="false" selected={asked('active') === 'false'}>
              {texts.activeNo}
            </option>
          </select>
        </div>
        <div class="field narrow">
          <label for="year">{texts.year}</label>
          <select id="year" name="year">
            {years.map((each) => (
              <option value={each} selected={each === year}>
                {each}
              </option>
            ))}
          </select>
        </div>
        <label class="check">
          <input type="checkbox" name="below" value="goal" checked={below} /> {texts.below}
        </label>
        <button type="submit" class="second">
          {admin.search}
        </button>
      </form>
    </search>
  );
}
