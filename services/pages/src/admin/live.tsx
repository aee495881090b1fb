import type { Child } from 'hono/jsx';
import type { Page } from '../layout/page.ts';

interface LiveProps {
  page: Page;
  seconds: number;
  /** When its figures are from, in epoch milliseconds. */
  now: number;
  children: Child;
}

/**
 * A part of a page that `live.js` asks for again every few seconds, until it is paused; without scripts a link does
 * so. It is no live region: who listens to the page is not read a whole table again and again.
 */
export function Live({ page, seconds, now, children }: LiveProps) {
  const { live, refresh } = page.texts.admin;
  const again = page.query.size === 0 ? page.path : `${page.path}?${page.query}`;
  return (
    <>
      <p class="live-line small muted">
        <span class="live-time">{live.at(page.format.exactTime(new Date(now).toISOString()))}</span>{' '}
        <a href={again}>{refresh}</a>
      </p>
      <div
        id="live"
        data-seconds={seconds}
        data-texts={JSON.stringify({
          every: live.every(seconds),
          pause: live.pause,
          resume: live.resume,
          away: live.away,
        })}
      >
        {children}
      </div>
    </>
  );
}
