import type { Training } from '@watchledger/contract';
import { wallClock } from '../../format/wall-clock.ts';
import type { Page } from '../../layout/page.ts';

/** From when to when it goes; the time of day where it ends on the day on which it begins. */
export function whenOf(page: Page, { startsAt, endsAt }: Pick<Training, 'startsAt' | 'endsAt'>): string {
  const { format, policy } = page;
  const dayOf = (moment: string) => wallClock(moment, policy.timeZone).slice(0, 10);
  const [from, to] = [dayOf(startsAt), dayOf(endsAt)];
  if (from === to) return `${format.day(from)} ${format.time(startsAt)}–${format.time(endsAt)}`;
  return format.days(from, to);
}
