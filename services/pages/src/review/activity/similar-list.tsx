import type { Similar } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';
import { daysOf } from '../days.ts';
import { type QueueSearch, withSearch } from '../queue/search.ts';

/** What else of the same learner may be the same event (T20). */
export function SimilarList(props: { page: Page; similar: readonly Similar[]; search?: QueueSearch }) {
  const { page, similar, search } = props;
  const { activity: texts, states, trainings } = page.texts.review;
  if (similar.length === 0) return <p class="muted">{texts.noSimilar}</p>;
  const stateOf = { ...states, ...trainings.states } as Readonly<Record<string, string>>;
  const pathOf = ({ what, id }: Similar) =>
    what === 'activity'
      ? search === undefined
        ? `/review/${id}`
        : withSearch(`/review/${id}`, search)
      : `/review/trainings/${encodeURIComponent(id)}`;
  return (
    <ul class="similar">
      {similar.map((each) => (
        <li>
          <a href={page.link(pathOf(each))}>{each.title}</a>{' '}
          <span class="muted small">
            {texts.what[each.what]} · {daysOf(page, each)} · {page.format.exactDuration(each.seconds)}
          </span>{' '}
          <span class="tags">
            <Tag
              tone={counts.has(each.state) ? 'good' : 'waiting'}
              text={stateOf[each.state] ?? each.state}
            />
            {each.why.map((why) => (
              <Tag tone="warn" text={texts.why[why]} />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

const counts = new Set(['approved', 'confirmed']);
