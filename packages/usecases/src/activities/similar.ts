import type { Similar } from '@watchledger/contract';
import type { SimilarStored, StudyEvent } from '@watchledger/ledger';
import { formatDay, wholeSeconds } from '@watchledger/rules';

/** What may be the same event, and why it seems so (T20). */
export function similarShape(event: StudyEvent, other: SimilarStored): Similar {
  const sameTitle = other.title.toLowerCase() === event.title.toLowerCase();
  const sameDays = other.fromDay <= event.toDay && other.toDay >= event.fromDay;
  return {
    what: other.what,
    id: other.id,
    title: other.title,
    from: formatDay(other.fromDay),
    to: formatDay(other.toDay),
    state: other.state,
    seconds: wholeSeconds(other.ms),
    why: [...(sameTitle ? (['same-title'] as const) : []), ...(sameDays ? (['same-days'] as const) : [])],
  };
}
