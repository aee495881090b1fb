import type { AccountingYear, YearsPage } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Meter } from '../../parts/meter.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Live } from '../live.tsx';

interface YearsPageProps {
  page: Page;
  years: YearsPage['items'];
  /** What has gone wrong since somebody looked last. */
  failures: readonly string[];
  now: number;
}

/** The years: which are closed, how far one is that is being closed, and what can be done. */
export function AllYearsPage({ page, years, failures, now }: YearsPageProps) {
  const { years: texts } = page.texts.admin;
  const closing = years.some(({ state }) => state === 'closing');
  const table = <Table page={page} years={years} failures={failures} />;
  return (
    <Layout
      page={page}
      title={texts.title}
      styles={['/assets/admin.css']}
      scripts={closing ? ['admin/live.js'] : []}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {closing ? (
        <Live page={page} seconds={2} now={now}>
          {table}
        </Live>
      ) : (
        table
      )}
    </Layout>
  );
}

function Table({ page, years, failures }: Omit<YearsPageProps, 'now'>) {
  const { years: texts } = page.texts.admin;
  const lastClosed = years.find(({ state }) => state !== 'open')?.year;
  const present = years[0]?.year ?? 0;
  return (
    <>
      {failures.map((failure) => (
        <p class="note bad" role="alert">
          {failure}
        </p>
      ))}
      <table class="rows stacked">
        <thead>
          <tr>
            <th scope="col">{texts.year}</th>
            <th scope="col">{texts.state}</th>
            <th scope="col" class="number">
              {texts.learners}
            </th>
            <th scope="col">{texts.closedAt}</th>
            <th scope="col">{texts.by}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <Row page={page} year={year} isOver={year.year < present} isLast={year.year === lastClosed} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row(props: { page: Page; year: AccountingYear; isOver: boolean; isLast: boolean }) {
  const { page, isOver, isLast } = props;
  const { year, state, closedAt, closedBy, learners, progress } = props.year;
  const { years: texts } = page.texts.admin;
  const { format } = page;
  const path = `/admin/years/${year}`;
  return (
    <tr>
      <th scope="row">{year}</th>
      <td data-label={texts.state}>
        <Tag
          tone={state === 'closed' ? 'good' : state === 'closing' ? 'warn' : 'waiting'}
          text={texts.states[state]}
        />
        {progress && (
          <span class="progress">
            <Meter
              label={texts.progress(progress.done, progress.of)}
              value={progress.done}
              cap={progress.of}
            />
            <span class="small">{texts.progress(progress.done, progress.of)}</span>
          </span>
        )}
      </td>
      <td class="number" data-label={texts.learners}>
        {learners === null ? '—' : format.number(learners)}
      </td>
      <td data-label={texts.closedAt}>{closedAt === null ? '—' : format.moment(closedAt)}</td>
      <td data-label={texts.by}>{closedBy ?? '—'}</td>
      <td class="actions">
        {state === 'open' && isOver && (
          <a class="button" href={page.link(`${path}/close`)} aria-label={texts.closeOf(year)}>
            {texts.close}
          </a>
        )}
        {state === 'open' && !isOver && <span class="muted small">{texts.notOver}</span>}
        {state === 'closed' && (
          <a class="button second" href={page.link(`${path}/comparison`)} aria-label={texts.compareOf(year)}>
            {texts.compare}
          </a>
        )}
        {state !== 'open' && isLast && (
          <a class="button second" href={page.link(`${path}/reopen`)} aria-label={texts.reopenOf(year)}>
            {texts.reopen}
          </a>
        )}
      </td>
    </tr>
  );
}
