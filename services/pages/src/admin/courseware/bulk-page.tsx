import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Hidden } from '../hidden.tsx';
import type { BulkChange, ChosenCourseware } from './bulk.ts';
import { pathOfList } from './paths.ts';
import { type NamedPreview, PreviewTable } from './preview-table.tsx';

interface BulkPageProps {
  page: Page;
  change: BulkChange;
  /** Those that would become something else. */
  chosen: readonly ChosenCourseware[];
  /** Of new hours. */
  preview: NamedPreview | null;
  back: string;
}

/** What would become of all that were chosen, and of whose hours, before one confirmation. */
export function BulkPage({ page, change, chosen, preview, back }: BulkPageProps) {
  const { admin } = page.texts;
  const { courseware: texts } = admin;
  const { bulk } = texts;
  const words = (hours: number, open: boolean) =>
    change.what === 'hours' ? page.format.exactDuration(hours) : open ? texts.open : texts.closed;
  const then = change.what === 'hours' ? words(change.limitSeconds, true) : words(0, change.what === 'open');
  return (
    <Layout page={page} title={bulk.title} styles={['/assets/admin.css']}>
      <section class="sheet" aria-labelledby="bulk-title">
        <h1 id="bulk-title">{bulk.title}</h1>
        <p class="lead">
          <b>{bulk.count(chosen.length)}</b>{' '}
          {change.what === 'hours'
            ? bulk.willHours(then)
            : change.what === 'open'
              ? bulk.willOpen
              : bulk.willClose}
        </p>
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{texts.name}</th>
              <th scope="col">{bulk.now}</th>
              <th scope="col">{bulk.becomes}</th>
            </tr>
          </thead>
          <tbody>
            {chosen.map(({ courseware: { title, coursewareId, limitSeconds, open } }) => (
              <tr>
                <th scope="row">
                  {title} <span class="small muted id">{coursewareId}</span>
                </th>
                <td data-label={bulk.now}>{words(limitSeconds, open)}</td>
                <td data-label={bulk.becomes}>{then}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {preview !== null && <PreviewTable page={page} preview={preview} />}
        <form method="post" action={page.link(pathOfList)}>
          <Hidden
            fields={{
              what: change.what,
              hours: change.what === 'hours' ? page.format.exactDuration(change.limitSeconds) : undefined,
              from: back,
              confirmed: 'yes',
            }}
          />
          {chosen.map(({ courseware: { coursewareId }, etag }) => (
            <input type="hidden" name="row" value={`${coursewareId} ${etag}`} />
          ))}
          <p class="choices">
            <button type="submit">{bulk.confirm(chosen.length)}</button>
            <a class="button second" href={page.link(back)}>
              {admin.cancel}
            </a>
          </p>
        </form>
      </section>
    </Layout>
  );
}
