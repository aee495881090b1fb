import type { Notice, NoticesPage } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';

/** So many stand there at once, so that the year stays in sight; more are unfolded. */
const mostAtOnce = 3;

/** What was decided and not read yet, with its reasons. */
export function UnreadNotices({ page, notices }: { page: Page; notices: NoticesPage }) {
  const { items, unread } = notices;
  const [newest] = items;
  if (newest === undefined) return null;
  const { notices: texts } = page.texts.me;
  return (
    <section class="sheet" aria-labelledby="news">
      <h2 id="news">{texts.heading(unread)}</h2>
      <ul class="lines">
        {items.slice(0, mostAtOnce).map((notice) => (
          <Line page={page} notice={notice} />
        ))}
      </ul>
      {items.length > mostAtOnce && (
        <details class="more">
          <summary>{texts.others(items.length - mostAtOnce)}</summary>
          <ul class="lines">
            {items.slice(mostAtOnce).map((notice) => (
              <Line page={page} notice={notice} />
            ))}
          </ul>
        </details>
      )}
      {unread > items.length && <p class="muted small">{texts.more(unread - items.length)}</p>}
      <form method="post" action={page.link('/me/notices/read')}>
        <input type="hidden" name="until" value={newest.at} />
        <button type="submit" class="second">
          {texts.read}
        </button>
      </form>
    </section>
  );
}

function Line({ page, notice }: { page: Page; notice: Notice }) {
  const { format, texts } = page;
  const { notices } = texts.me;
  const { what, id, title, decision, seconds, declaredSeconds, reason, at } = notice;
  const path = what === 'activity' ? 'activities' : 'trainings';
  return (
    <li>
      <p>
        <Tag tone={decision === 'rejected' ? 'bad' : 'good'} text={notices.decisions[decision]} />{' '}
        <a href={page.link(`/me/${path}/${encodeURIComponent(id)}`)}>{title}</a>
      </p>
      <p class="small">
        {decision !== 'rejected' && notices.counts(format.duration(seconds))}
        {decision === 'approved' &&
          declaredSeconds !== null &&
          declaredSeconds !== seconds &&
          notices.ofDeclared(format.duration(declaredSeconds))}{' '}
        <span class="muted">{format.moment(at)}</span>
      </p>
      {reason !== null && <p class="reason">{notices.reason(reason)}</p>}
    </li>
  );
}
