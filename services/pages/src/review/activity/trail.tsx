import type { AuditEntry } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';

/** What was decided about an activity, and by whom, oldest first. */
export function Trail({ page, entries }: { page: Page; entries: readonly AuditEntry[] }) {
  const { activity: texts } = page.texts.review;
  return (
    <section class="sheet" aria-labelledby="trail">
      <h2 id="trail">{texts.trail}</h2>
      <ol class="trail">
        {entries.map(({ at, actor, action, changes, reason }) => (
          <li>
            <p>
              <b>{texts.actions[action] ?? action}</b>{' '}
              <span class="muted small">
                {actor} · {page.format.moment(at)}
              </span>
            </p>
            <p class="small">
              {changes.flatMap((change) => told(page, change)).join(page.texts.review.between)}
            </p>
            {reason !== null && <p class="small">{reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A change in words; what is fixed with the first decision goes without saying. */
function told(page: Page, { field, from, to }: AuditEntry['changes'][number]): string[] {
  const { states, activity: texts } = page.texts.review;
  const name = texts.trailFields[field];
  if (field === 'state') {
    const word = (value: unknown) => (states as Readonly<Record<string, string>>)[String(value)] ?? '—';
    return [`${word(from)} → ${word(to)}`];
  }
  if (field === 'grantedMs') {
    const hours = (value: unknown) =>
      typeof value === 'number' ? page.format.exactDuration(Math.floor(value / 1_000)) : '—';
    return [from === null ? `${name} ${hours(to)}` : `${name} ${hours(from)} → ${hours(to)}`];
  }
  return [];
}
