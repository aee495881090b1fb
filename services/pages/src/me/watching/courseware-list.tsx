import type { CoursewareCredits } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Pager } from '../../parts/pager.tsx';
import { MePage } from '../me-page.tsx';
import { YearSwitch } from '../years.tsx';

interface CoursewareListProps {
  page: Page;
  year: number;
  today: string;
  items: readonly CoursewareCredits[];
  /** How many fit what is looked for, on all pages. */
  count: number;
  /** How many there are in this year. */
  ofAll: number;
  nextCursor: string | null;
}

/** What a learner watched in a year, courseware by courseware. */
export function CoursewareList({ page, year, today, items, count, ofAll, nextCursor }: CoursewareListProps) {
  const { courseware: texts } = page.texts.me;
  const all = page.link(`${page.path}?year=${year}`);
  return (
    <MePage
      page={page}
      title={texts.title(year)}
      aside={<YearSwitch page={page} year={year} today={today} />}
    >
      {ofAll === 0 ? (
        <Blank title={texts.none} text={texts.noneText} />
      ) : (
        <>
          <p class="muted">{texts.lead}</p>
          <Search page={page} year={year} />
          {count === 0 ? (
            <Blank title={texts.notFound} text={texts.notFoundText}>
              <a class="button second" href={all}>
                {texts.all}
              </a>
            </Blank>
          ) : (
            <Table page={page} year={year} items={items} count={count} />
          )}
          <Pager page={page} nextCursor={nextCursor} />
        </>
      )}
    </MePage>
  );
}

function Search({ page, year }: { page: Page; year: number }) {
  const { courseware: texts } = page.texts.me;
  const lang = page.query.get('lang');
  return (
    <form method="get" action={page.path} class="filters">
      <input type="hidden" name="year" value={year} />
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      <div class="field">
        <label for="query">{texts.search}</label>
        <input id="query" name="query" type="search" value={page.query.get('query') ?? ''} />
      </div>
      <button type="submit" class="second">
        {texts.find}
      </button>
    </form>
  );
}

function Table(props: { page: Page; year: number; items: readonly CoursewareCredits[]; count: number }) {
  const { page, year, items, count } = props;
  const { format, texts } = page;
  const { columns, ...words } = texts.me.courseware;
  return (
    <div class="sheet wide">
      <table class="rows stacked">
        <caption>{words.caption(count)}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.title}</th>
            <th scope="col" class="number">
              {columns.watched}
            </th>
            <th scope="col" class="number">
              {columns.credited}
            </th>
            <th scope="col" class="number">
              {columns.left}
            </th>
            <th scope="col">{columns.last}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr>
              <th scope="row" class="titled">
                <a href={page.link(`/me/courseware/${encodeURIComponent(each.coursewareId)}?year=${year}`)}>
                  {each.title}
                </a>
                <LimitMeter page={page} credits={each} />
              </th>
              <td class="number" data-label={columns.watched}>
                {format.duration(each.watchedSeconds)}
              </td>
              <td class="number" data-label={columns.credited}>
                {format.duration(each.creditedSeconds)}
              </td>
              <td class="number" data-label={columns.left}>
                {each.remainingSeconds === 0 ? words.full : format.left(each.remainingSeconds)}
              </td>
              <td data-label={columns.last}>{format.dayOf(each.lastWatchedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How much of a courseware's limit is used up. */
export function LimitMeter({ page, credits }: { page: Page; credits: CoursewareCredits }) {
  const { format, texts } = page;
  const { limitSeconds, remainingSeconds } = credits;
  const used = limitSeconds - remainingSeconds;
  const label = texts.me.courseware.ofLimit(format.duration(used), format.duration(limitSeconds));
  return <Meter label={label} value={used} cap={limitSeconds} />;
}
