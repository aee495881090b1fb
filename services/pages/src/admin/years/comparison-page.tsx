import type { YearComparison } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { pathOfLearner } from '../learners/paths.ts';

/** What a closed year holds, against what today's facts would say. */
export function ComparisonPage({ page, comparison }: { page: Page; comparison: YearComparison }) {
  const { years: texts, learners } = page.texts.admin;
  const { format } = page;
  const { year, different, intact, items } = comparison;
  const pair = ({ frozenSeconds, foldedSeconds }: { frozenSeconds: number; foldedSeconds: number }) =>
    frozenSeconds === foldedSeconds
      ? format.exactDuration(frozenSeconds)
      : `${format.exactDuration(frozenSeconds)} → ${format.exactDuration(foldedSeconds)}`;
  return (
    <Layout page={page} title={texts.compareOf(year)} styles={['/assets/admin.css']}>
      <p class="eyebrow">
        <a href={page.link('/admin/years')}>{texts.title}</a> · {year}
      </p>
      <header class="page-head">
        <h1>{texts.compareOf(year)}</h1>
        {items.length > 0 && (
          <a class="button second" href={page.link(`/admin/years/${year}/comparison.csv`)}>
            {texts.csv}
          </a>
        )}
      </header>
      <p class="lead">{texts.compareText}</p>
      <p class={intact ? 'note good' : 'note bad'}>{intact ? texts.intact : texts.broken}</p>
      {different === 0 ? (
        <Blank title={texts.same} text={texts.sameText(comparison.learners)} />
      ) : (
        <>
          <p>
            <b>{texts.different(different, comparison.learners)}</b>{' '}
            {different > items.length && texts.first(items.length)}
          </p>
          <table class="rows stacked">
            <caption>{texts.different(different, comparison.learners)}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.learner}</th>
                <th scope="col" class="number">
                  {texts.frozen}
                </th>
                <th scope="col" class="number">
                  {texts.folded}
                </th>
                <th scope="col" class="number">
                  {texts.difference}
                </th>
                <th scope="col">{learners.online}</th>
                <th scope="col">{learners.selfStudy}</th>
                <th scope="col">{learners.offline}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ learnerId, frozenSeconds, foldedSeconds, online, selfStudy, offline }) => (
                <tr>
                  <th scope="row">
                    <a href={page.link(`${pathOfLearner(learnerId)}?year=${year}`)}>{learnerId}</a>
                  </th>
                  <td class="number" data-label={texts.frozen}>
                    {format.exactDuration(frozenSeconds)}
                  </td>
                  <td class="number" data-label={texts.folded}>
                    {format.exactDuration(foldedSeconds)}
                  </td>
                  <td
                    class={`number ${foldedSeconds < frozenSeconds ? 'less' : 'more'}`}
                    data-label={texts.difference}
                  >
                    {format.difference(foldedSeconds - frozenSeconds)}
                  </td>
                  <td data-label={learners.online}>{pair(online)}</td>
                  <td data-label={learners.selfStudy}>{pair(selfStudy)}</td>
                  <td data-label={learners.offline}>{pair(offline)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Layout>
  );
}

/** The same as a table for spreadsheets, in whole seconds. Ids begin with no sign that a spreadsheet would compute. */
export function comparisonCsv({ items }: YearComparison): string {
  const head =
    'learnerId,frozenSeconds,foldedSeconds,differenceSeconds,onlineFrozen,onlineFolded,selfStudyFrozen,selfStudyFolded,offlineFrozen,offlineFolded';
  const lines = items.map(({ learnerId, frozenSeconds, foldedSeconds, online, selfStudy, offline }) =>
    [
      learnerId,
      frozenSeconds,
      foldedSeconds,
      foldedSeconds - frozenSeconds,
      ...[online, selfStudy, offline].flatMap((each) => [each.frozenSeconds, each.foldedSeconds]),
    ].join(','),
  );
  return `\uFEFF${[head, ...lines].join('\r\n')}\r\n`;
}
