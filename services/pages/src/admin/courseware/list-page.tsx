import type { CoursewarePage, ListedCourseware } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Hidden } from '../hidden.tsx';
import { pathOfCourseware, pathOfNew } from './paths.ts';

/** The courseware that match, their hours to be set in place, some of them to be changed at once. */
export function CoursewareListPage({ page, found }: { page: Page; found: CoursewarePage }) {
  const { courseware: texts } = page.texts.admin;
  const asked = page.query.has('query') || page.query.has('kind');
  return (
    <Layout
      page={page}
      title={texts.title}
      styles={['/assets/admin.css']}
      scripts={['admin/inline-hours.js', 'admin/choose-rows.js']}
    >
      <header class="page-head">
        <h1>{texts.title}</h1>
        <p class="choices">
          <a class="button" href={page.link(pathOfNew)}>
            {texts.add}
          </a>
          <a class="button second" href={page.link('/admin/courseware/import')}>
            {texts.importMany}
          </a>
        </p>
      </header>
      <p class="lead">{texts.lead}</p>
      <Search page={page} />
      {found.items.length === 0 ? (
        <Blank title={asked ? texts.nothing : texts.empty} text={asked ? texts.nothingText : texts.emptyText}>
          {asked && (
            <p class="choices">
              <a class="button second" href={page.link(page.path)}>
                {texts.clear}
              </a>
            </p>
          )}
        </Blank>
      ) : (
        <>
          <BulkBar page={page} />
          <table class="rows stacked courseware">
            <caption>{texts.caption}</caption>
            <thead>
              <tr>
                <th scope="col" class="tick">
                  {texts.choose}
                </th>
                <th scope="col">{texts.name}</th>
                <th scope="col">{texts.kind}</th>
                <th scope="col">{texts.hours}</th>
                <th scope="col">{texts.state}</th>
              </tr>
            </thead>
            <tbody>
              {found.items.map((item) => (
                <Row page={page} item={item} />
              ))}
            </tbody>
          </table>
          <Pager page={page} nextCursor={found.nextCursor} />
        </>
      )}
    </Layout>
  );
}

function Search({ page }: { page: Page }) {
  const { admin } = page.texts;
  const { courseware: texts } = admin;
  const kind = page.query.get('kind') ?? '';
  return (
    <search>
      <form class="filters" method="get" action={page.path}>
        <Hidden fields={{ lang: page.query.get('lang') ?? undefined }} />
        <div class="field">
          <label for="query">{texts.query}</label>
          <input
            id="query"
            name="query"
            type="search"
            maxlength={200}
            value={page.query.get('query') ?? ''}
          />
        </div>
        <div class="field">
          <label for="kind">{texts.kind}</label>
          <select id="kind" name="kind">
            <option value="">{admin.all}</option>
            {(['video', 'document'] as const).map((each) => (
              <option value={each} selected={each === kind}>
                {texts.kinds[each]}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="second">
          {admin.search}
        </button>
      </form>
    </search>
  );
}

/** What is to become of the chosen rows, whose boxes belong to this form. */
function BulkBar({ page }: { page: Page }) {
  const { bulk, hours, hoursExample, chooseAll } = page.texts.admin.courseware;
  return (
    <form id="bulk" class="bulk" method="post" action={page.link('/admin/courseware')}>
      <label class="check choose-all" hidden>
        <input type="checkbox" /> {chooseAll}
      </label>
      <span class="legend" id="bulk-legend">
        {bulk.legend}
      </span>
      <select name="what" aria-labelledby="bulk-legend">
        {(['hours', 'open', 'close'] as const).map((what) => (
          <option value={what}>{bulk.does[what]}</option>
        ))}
      </select>
      <input name="hours" aria-label={hours} placeholder={hoursExample} autocomplete="off" />
      <Hidden fields={{ from: fromOf(page) }} />
      <button type="submit" class="second">
        {bulk.go}
      </button>
      <output class="chosen" data-count={bulk.count(0)} aria-live="polite" />
    </form>
  );
}

function Row({ page, item }: { page: Page; item: ListedCourseware }) {
  const { courseware: texts } = page.texts.admin;
  const { coursewareId: id, title, kind, limitSeconds, open, etag } = item;
  const path = pathOfCourseware(id);
  const word = page.format.exactDuration(limitSeconds);
  return (
    <tr id={`row-${id}`}>
      <td class="tick">
        <input type="checkbox" form="bulk" name="id" value={id} aria-label={texts.chooseThis(title)} />
      </td>
      <th scope="row">
        <a href={page.link(path)}>{title}</a>
        <span class="small muted id">{id}</span>
      </th>
      <td class="short" data-label={texts.kind}>
        {texts.kinds[kind]}
      </td>
      <td data-label={texts.hours}>
        <form
          class="inline-hours"
          method="post"
          action={page.link(`${path}/hours`)}
          data-undo={texts.undo}
          data-saving={texts.saving}
          data-unreachable={texts.notSaved(texts.unreachable)}
        >
          <input name="hours" value={word} aria-label={texts.hoursOf(title)} autocomplete="off" required />
          <Hidden fields={{ version: etag, from: fromOf(page) }} />
          <button type="submit" class="quiet">
            {texts.save}
          </button>
          <output aria-live="polite" />
        </form>
      </td>
      <td data-label={texts.state}>
        {open ? <Tag tone="good" text={texts.open} /> : <Tag tone="waiting" text={texts.closed} />}
      </td>
    </tr>
  );
}

/** The list as it is shown, to come back to. */
const fromOf = (page: Page): string => (page.query.size === 0 ? page.path : `${page.path}?${page.query}`);
