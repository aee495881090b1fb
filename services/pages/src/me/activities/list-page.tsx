import type { Activity, ActivityState } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { MePage } from '../me-page.tsx';
import { StateTag } from './state-tag.tsx';

interface ListPageProps {
  page: Page;
  /** What the list is narrowed to. */
  state: ActivityState | null;
  /** Of this page, the newest first. */
  items: readonly Activity[];
  /** How many there are in each state. */
  counts: ReadonlyMap<ActivityState, number>;
  nextCursor: string | null;
}

/** What a learner has declared, with what became of it. */
export function ListPage({ page, state, items, counts, nextCursor }: ListPageProps) {
  const { activities: texts } = page.texts.me;
  return (
    <MePage
      page={page}
      title={texts.title}
      aside={
        <a class="button" href={page.link('/me/activities/new')}>
          {texts.add}
        </a>
      }
    >
      {counts.size === 0 ? (
        <Blank title={texts.none} text={texts.noneText} />
      ) : (
        <>
          <p class="muted">{texts.lead}</p>
          <States page={page} state={state} counts={counts} />
          {items.length === 0 ? (
            <p class="muted">{texts.noneInState}</p>
          ) : (
            <ul class="lines sheet">
              {items.map((activity) => (
                <Line page={page} activity={activity} />
              ))}
            </ul>
          )}
          <Pager page={page} nextCursor={nextCursor} />
        </>
      )}
    </MePage>
  );
}

function States(props: {
  page: Page;
  state: ActivityState | null;
  counts: ReadonlyMap<ActivityState, number>;
}) {
  const { page, state, counts } = props;
  const { activities: texts } = page.texts.me;
  const to = (other: ActivityState | null) =>
    page.link(other === null ? page.path : `${page.path}?state=${other}`);
  return (
    <nav class="kinds" aria-label={texts.filter}>
      <a href={to(null)} aria-current={state === null ? 'true' : undefined}>
        {texts.all}
      </a>
      {(Object.keys(texts.states) as ActivityState[])
        .filter((each) => counts.has(each) || each === state)
        .map((each) => (
          <a href={to(each)} aria-current={state === each ? 'true' : undefined}>
            {texts.states[each]} {counts.get(each) ?? 0}
          </a>
        ))}
    </nav>
  );
}

function Line({ page, activity }: { page: Page; activity: Activity }) {
  const { format, texts } = page;
  const { activities: words } = texts.me;
  const { activityId, title, category, from, to, seconds, grantedSeconds, state, comment } = activity;
  return (
    <li>
      <p>
        <StateTag page={page} state={state} /> <a href={page.link(`/me/activities/${activityId}`)}>{title}</a>
      </p>
      <p class="small muted">
        {words.categories[category]} · {words.period(format.day(from), format.day(to))} ·{' '}
        {words.declared(format.duration(seconds))}
        {grantedSeconds !== null && ` · ${words.granted(format.duration(grantedSeconds))}`}
      </p>
      {comment !== null && <p class="reason">{words.reason(comment)}</p>}
    </li>
  );
}
