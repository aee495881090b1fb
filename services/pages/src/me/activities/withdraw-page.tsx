import type { Activity } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { MePage } from '../me-page.tsx';

/** Asks before what cannot be undone. */
export function WithdrawPage({ page, activity, etag }: { page: Page; activity: Activity; etag: string }) {
  const { withdrawing } = page.texts.me.activities;
  const path = `/me/activities/${activity.activityId}`;
  return (
    <MePage page={page} title={withdrawing.title(activity.title)}>
      <p class="note warn">{withdrawing.final}</p>
      <form method="post" action={page.link(`${path}/withdraw`)} class="steps">
        <input type="hidden" name="etag" value={etag} />
        <button type="submit" class="danger">
          {withdrawing.yes}
        </button>
        <a class="button second" href={page.link(path)}>
          {withdrawing.no}
        </a>
      </form>
    </MePage>
  );
}
