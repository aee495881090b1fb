import type { Training, TrainingsPage, TrainingTerms } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Tag } from '../../parts/tag.tsx';
import { MePage } from '../me-page.tsx';
import { Filters, Kinds } from './filters.tsx';
import { moreFilters } from './search.ts';
import { standingOf, tones } from './standing.ts';

interface BrowsePageProps {
  page: Page;
  found: TrainingsPage;
  terms: TrainingTerms;
  /** Milliseconds since 1970. */
  now: number;
}

/** The trainings that one can look for by the filters of the guide. */
export function BrowsePage({ page, found, terms, now }: BrowsePageProps) {
  const { trainings: words } = page.texts.me;
  const isNarrowed = moreFilters.some((name) => (page.query.get(name) ?? '') !== '');
  return (
    <MePage page={page} title={words.title}>
      <p class="muted">{words.lead}</p>
      <Kinds page={page} />
      <details open={isNarrowed}>
        <summary>{words.filters.more}</summary>
        <Filters page={page} terms={terms} />
      </details>
      {found.items.length === 0 ? (
        <Blank title={words.none} text={words.noneText} />
      ) : (
        <Table page={page} trainings={found.items} now={now} />
      )}
      <Pager page={page} nextCursor={found.nextCursor} />
    </MePage>
  );
}

function Table({ page, trainings, now }: { page: Page; trainings: readonly Training[]; now: number }) {
  const { trainings: words } = page.texts.me;
  const { columns } = words;
  return (
    <div class="sheet wide">
      <table class="rows stacked">
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.title}</th>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.organiser}</th>
            <th scope="col">{columns.place}</th>
            <th scope="col" class="number">
              {columns.people}
            </th>
            <th scope="col" class="number">
              {columns.hours}
            </th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {trainings.map((training) => (
            <Row page={page} training={training} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ page, training, now }: { page: Page; training: Training; now: number }) {
  const { format, texts } = page;
  const { columns, ...words } = texts.me.trainings;
  const standing = standingOf(training, now);
  const [from, to] = [format.dayOf(training.startsAt), format.dayOf(training.endsAt)];
  return (
    <tr>
      <th scope="row" class="titled">
        <a href={page.link(`/me/trainings/${encodeURIComponent(training.trainingId)}`)}>{training.title}</a>
      </th>
      <td data-label={columns.time} class="days">
        <div>
          <span>{from === to ? from : `${from}–`}</span>
          {from !== to && <span>{to}</span>}
        </div>
      </td>
      <td data-label={columns.organiser}>{training.organiser}</td>
      <td data-label={columns.place}>{training.place}</td>
      <td class="number" data-label={columns.people}>
        {words.people(training.enrolled, training.capacity)}
      </td>
      <td class="number" data-label={columns.hours}>
        {format.duration(training.totalSeconds)}
      </td>
      <td data-label={columns.state}>
        <Tag tone={tones[standing]} text={words.states[standing]} />
      </td>
    </tr>
  );
}
