import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';
import { PersonName } from '../../people/person-name.tsx';
import { daysOf } from '../days.ts';
import { decisionOf } from '../decision-words.ts';
import type { BulkOutcome } from './bulk.ts';
import { chosenValue } from './chosen.ts';
import type { QueueRow } from './rows.ts';
import { type QueueSearch, withSearch } from './search.ts';
import { Warnings } from './warnings.tsx';

interface BulkProps {
  page: Page;
  rows: readonly QueueRow[];
  search: QueueSearch;
}

/** Asks before several are approved together. */
export function BulkPage({ page, rows, search }: BulkProps) {
  const { bulk, queue } = page.texts.review;
  const title = bulk.title(rows.length);
  return (
    <Layout page={page} title={title} styles={['/assets/review.css']}>
      <h1>{title}</h1>
      <p class="lead">{bulk.lead(page.format.exactDuration(sumOf(rows)))}</p>
      <table class="rows stacked">
        <thead>
          <tr>
            <th scope="col">{queue.who}</th>
            <th scope="col">{queue.what}</th>
            <th scope="col">{queue.when}</th>
            <th scope="col" class="number">
              {queue.hours}
            </th>
            <th scope="col">{queue.check}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td data-label={queue.who}>
                <PersonName person={row.person} />
              </td>
              <td data-label={queue.what}>
                <a href={page.link(withSearch(`/review/${row.activity.activityId}`, search))}>
                  {row.activity.title}
                </a>
              </td>
              <td data-label={queue.when}>{daysOf(page, row.activity)}</td>
              <td data-label={queue.hours} class="number">
                {page.format.exactDuration(row.activity.seconds)}
              </td>
              <td data-label={queue.check}>
                <Warnings page={page} row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="post" action={page.link(withSearch('/review/approve', search))} class="choices">
        {rows.map(({ activity: { activityId }, etag }) => (
          <input type="hidden" name="chosen" value={chosenValue({ activityId, etag })} />
        ))}
        <button type="submit" name="confirmed" value="yes">
          {bulk.confirm(rows.length)}
        </button>
        <a class="button second" href={page.link(withSearch('/review', search))}>
          {bulk.cancel}
        </a>
      </form>
    </Layout>
  );
}

export const sumOf = (rows: readonly QueueRow[]): number =>
  rows.reduce((sum, { activity }) => sum + activity.seconds, 0);

/** Tells one by one what came of several, where not all of them were approved. */
export function BulkOutcomePage(props: BulkProps & { outcomes: readonly BulkOutcome[] }) {
  const { page, rows, search, outcomes } = props;
  const { bulk, queue } = page.texts.review;
  const done = outcomes.filter((outcome) => outcome.done).length;
  const title = done === 0 ? bulk.noneTitle : bulk.partTitle;
  const rowOf = new Map(rows.map((row) => [row.activity.activityId, row]));
  return (
    <Layout page={page} title={title} styles={['/assets/review.css']}>
      <h1>{title}</h1>
      <p class="note warn" role="alert">
        {bulk.part(done, outcomes.length - done)}
      </p>
      <table class="rows stacked">
        <thead>
          <tr>
            <th scope="col">{queue.who}</th>
            <th scope="col">{queue.what}</th>
            <th scope="col">{bulk.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome) => {
            const row = rowOf.get(outcome.activityId);
            return (
              <tr>
                <td data-label={queue.who}>{row !== undefined && <PersonName person={row.person} />}</td>
                <td data-label={queue.what}>
                  {row === undefined ? (
                    outcome.activityId
                  ) : (
                    <a href={page.link(withSearch(`/review/${outcome.activityId}`, search))}>
                      {row.activity.title}
                    </a>
                  )}
                </td>
                <td data-label={bulk.outcome}>
                  <Outcome page={page} outcome={outcome} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="choices">
        <a class="button" href={page.link(withSearch('/review', search))}>
          {bulk.toQueue}
        </a>
      </p>
    </Layout>
  );
}

function Outcome({ page, outcome }: { page: Page; outcome: BulkOutcome }) {
  const { bulk } = page.texts.review;
  if (outcome.done) return <Tag tone="good" text={bulk.approved} />;
  const { why, now } = outcome;
  const words =
    why === 'decided' && now !== null
      ? bulk.refusals.decided(now.decidedBy ?? '', decisionOf(page, now))
      : bulk.refusals[why === 'decided' ? 'other' : why];
  return (
    <span class="what">
      <Tag tone="bad" text={bulk.notApproved} />
      <span>{words}</span>
    </span>
  );
}
