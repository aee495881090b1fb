import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';
import { isChanged, type QueueRow } from './rows.ts';

/** What to mind before deciding. */
export function Warnings({ page, row: { activity, isOwn } }: { page: Page; row: QueueRow }) {
  const { queue } = page.texts.review;
  const similar = activity.similar?.length ?? 0;
  if (!isOwn && similar === 0 && !isChanged(activity)) return null;
  return (
    <span class="tags">
      {isOwn && <Tag tone="waiting" text={queue.own} />}
      {similar > 0 && <Tag tone="warn" text={queue.similar(similar)} />}
      {isChanged(activity) && <Tag tone="warn" text={queue.changed} />}
    </span>
  );
}
