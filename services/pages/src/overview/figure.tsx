import type { Statistics } from '@watchledger/contract';
import { raw } from 'hono/html';
import type { Page } from '../layout/page.ts';
import { draw } from './drawing/drawing.ts';
import { pictureOf } from './pictures.ts';
import { type TableName, tableOf } from './tables.ts';

/** In pixels: what a desk shows, and a phone. */
const widths = { wide: 820, narrow: 340 } as const;

/** A picture with its legend, the table behind it, and that table to take along. */
export async function Figure({
  page,
  statistics,
  name,
}: {
  page: Page;
  statistics: Statistics;
  name: TableName;
}) {
  const { texts } = page;
  const picture = pictureOf(name, statistics, page);
  if (picture === null) return null;
  const { drawing, alt, legend } = picture;
  return (
    <>
      {legend.length > 0 && (
        <ul class="legend" aria-hidden="true">
          {legend.map(({ tone, name: meaning }) => (
            <li>
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                <rect width="12" height="12" rx="3" fill={`var(--chart-${tone})`} />
              </svg>
              {meaning}
            </li>
          ))}
        </ul>
      )}
      <div class="picture" role="img" aria-label={alt}>
        <div class="wide-picture">{raw(await draw(drawing, widths.wide))}</div>
        <div class="narrow-picture">{raw(await draw(drawing, widths.narrow))}</div>
      </div>
      <div class="figures">
        <details>
          <summary>{texts.overview.table}</summary>
          <FiguresTable page={page} statistics={statistics} name={name} />
        </details>
        <a class="screen-only" href={csvLink(page, name)} download={`${name}-${statistics.year}.csv`}>
          {texts.overview.download}
        </a>
      </div>
    </>
  );
}

function FiguresTable({ page, statistics, name }: { page: Page; statistics: Statistics; name: TableName }) {
  const { overview } = page.texts;
  const { heads, rows } = tableOf(name, statistics, page);
  return (
    <section class="wide" aria-label={`${overview[name].title} · ${overview.table}`} tabindex={0}>
      <table class="rows">
        <thead>
          <tr>
            {heads.map(({ shown }, nth) => (
              <th scope="col" class={nth === 0 ? undefined : 'number'}>
                {shown}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others]) => (
            <tr>
              <th scope="row">{first?.shown}</th>
              {others.map(({ shown }) => (
                <td class="number">{shown}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function csvLink(page: Page, name: TableName): string {
  const query = new URLSearchParams(page.query);
  query.set('lang', page.language);
  return `/overview/${name}.csv?${query}`;
}
