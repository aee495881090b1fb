import type { Preview } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import type { Person } from '../../people/people.ts';
import { PersonName } from '../../people/person-name.tsx';

/** What new hours would change, and who it is that they concern. */
export interface NamedPreview extends Preview {
  readonly personOf: (learnerId: string) => Person;
}

/** Who would gain and who would lose by new hours. */
export function PreviewTable({ page, preview }: { page: Page; preview: NamedPreview }) {
  const { preview: texts } = page.texts.admin.courseware;
  const { format } = page;
  const { learners, gaining, losing, gainedSeconds, lostSeconds, items, personOf } = preview;
  if (gaining + losing === 0) return <p class="note">{texts.nobody}</p>;
  return (
    <>
      <p>
        {texts.sums(learners, gaining, losing)} {texts.closedYears}
      </p>
      <p class="choices">
        {gainedSeconds > 0 && (
          <span class="tag good">{texts.gained(format.exactDuration(gainedSeconds))}</span>
        )}
        {lostSeconds > 0 && <span class="tag bad">{texts.lost(format.exactDuration(lostSeconds))}</span>}
      </p>
      {items.length > 0 && (
        <table class="rows stacked">
          <caption>{texts.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.learner}</th>
              <th scope="col">{texts.year}</th>
              <th scope="col" class="number">
                {texts.from}
              </th>
              <th scope="col" class="number">
                {texts.to}
              </th>
              <th scope="col" class="number">
                {texts.difference}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ learnerId, year, fromSeconds, toSeconds, differenceSeconds }) => (
              <tr>
                <th scope="row">
                  <PersonName person={personOf(learnerId)} />
                </th>
                <td data-label={texts.year}>{year}</td>
                <td class="number" data-label={texts.from}>
                  {format.exactDuration(fromSeconds)}
                </td>
                <td class="number" data-label={texts.to}>
                  {format.exactDuration(toSeconds)}
                </td>
                <td class={`number ${differenceSeconds < 0 ? 'less' : 'more'}`} data-label={texts.difference}>
                  {format.difference(differenceSeconds)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {items.length >= 200 && <p class="small muted">{texts.more(items.length)}</p>}
    </>
  );
}
