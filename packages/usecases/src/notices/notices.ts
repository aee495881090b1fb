import type { Notice, NoticesPage, NoticesRead } from '@watchledger/contract';
import type { NoticesLedger, StoredNotice } from '@watchledger/ledger';
import { type Instant, instant, type LearnerId, wholeSeconds } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import { cursorOf, isNoticePosition } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';

/** What the use-cases of notices need. */
export interface NoticesContext {
  readonly notices: NoticesLedger;
  readonly now: () => Instant;
}

const cursors = cursorOf('notices', isNoticePosition);

/**
 * What was decided about a learner's activities and enrolments and was not read yet, the newest first.
 * @throws Problem `invalid-request` for a foreign cursor, `unavailable`
 */
export async function unreadNotices(
  { notices }: Pick<NoticesContext, 'notices'>,
  {
    learnerId,
    limit,
    cursor,
  }: { readonly learnerId: string; readonly limit: number; readonly cursor?: string | null | undefined },
): Promise<NoticesPage> {
  const [at, what, id] = cursors.decode(cursor) ?? [];
  const after =
    at === undefined || what === undefined || id === undefined ? null : { at: instant(at), what, id };
  const found = await whileStoresAnswer(() =>
    notices.unread(learnerId as LearnerId, { after, limit: limit + 1 }),
  );
  const page = pageOf(found.notices, limit, noticeShape, (last) =>
    cursors.encode([last.at, last.what, last.id]),
  );
  return { ...page, unread: found.count };
}

/**
 * A learner has read what was decided up to a moment; never again is an earlier one. Absent: now.
 * @throws Problem `unavailable`
 */
export async function readNotices(
  { notices, now }: NoticesContext,
  { learnerId, until }: { readonly learnerId: string; readonly until?: string | undefined },
): Promise<NoticesRead> {
  const present = now();
  // What is yet to be decided cannot have been read.
  const moment = until === undefined ? present : instant(Math.min(Date.parse(until), present));
  const readUntil = await whileStoresAnswer(() => notices.read(learnerId as LearnerId, moment));
  return { readUntil: rfc3339(readUntil) };
}

const noticeShape = (stored: StoredNotice): Notice => ({
  what: stored.what,
  id: stored.id,
  title: stored.title,
  decision: stored.decision,
  seconds: wholeSeconds(stored.ms),
  declaredSeconds: stored.declaredMs === null ? null : wholeSeconds(stored.declaredMs),
  reason: stored.reason,
  at: rfc3339(stored.at),
});
