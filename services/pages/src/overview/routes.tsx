import { type AccountingYear, type Page as Listed, Problem, type Statistics } from '@watchledger/contract';
import type { Site, Visit } from '../site/site.tsx';
import { csvOf } from './csv.ts';
import { OverviewPage } from './overview-page.tsx';
import { type TableName, tableNames, tableOf } from './tables.ts';

/** The overview, for those who lead. */
export function overviewPages(site: Site): void {
  site.show('/overview', 'credits:read', async (visit) => {
    const { page, ask } = visit;
    const [statistics, years] = await Promise.all([
      statisticsFor(visit),
      ask.json<Listed<AccountingYear>>({ path: ['years'] }),
    ]);
    // Who chose one institute may choose another one.
    const everybody =
      statistics.organisationId === null || visit.who.org !== undefined
        ? statistics
        : await ask.json<Statistics>({ path: ['statistics'], query: { year: statistics.year } });
    const known = [statistics.year, ...years.items.map(({ year }) => year)];
    return (
      <OverviewPage
        page={page}
        statistics={statistics}
        years={[...new Set(known)].sort((a, b) => b - a)}
        institutes={everybody.organisations}
      />
    );
  });

  site.show('/overview/:table{[a-z]+\\.csv}', 'credits:read', async (visit) => {
    const name = tableNames.find((each) => `${each}.csv` === visit.part('table'));
    if (name === undefined) throw new Problem('not-found', 'There is no such table.');
    return download(visit, name, await statisticsFor(visit));
  });
}

/** What the filters ask for. */
function statisticsFor({ page, ask }: Visit): Promise<Statistics> {
  const query = {
    year: page.query.get('year') || undefined,
    organisationId: page.query.get('organisationId') || undefined,
  };
  return ask.json<Statistics>({ path: ['statistics'], query });
}

function download({ c, page }: Visit, name: TableName, statistics: Statistics): Response {
  return c.body(csvOf(tableOf(name, statistics, page)), 200, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name}-${statistics.year}.csv"`,
  });
}
