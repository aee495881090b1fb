import type { DayWindow } from './acceptance.ts';
import type { Calendar } from './calendar.ts';
import { dayNumber, type Instant } from './quantities.ts';

/** The days around moments, for acceptance (R9). Remembers the last window, so a day costs one look-up. */
export function createDayWindows(calendar: Calendar): (around: Instant) => DayWindow {
  let middle: { readonly start: Instant; readonly end: Instant } | undefined;
  let window: DayWindow | undefined;
  return (around) => {
    if (window === undefined || middle === undefined || around < middle.start || around >= middle.end) {
      const { day, start, end } = calendar.dayAround(around);
      middle = { start, end };
      window = {
        firstDay: dayNumber(day - 1),
        starts: [calendar.startOf(dayNumber(day - 1)), start, end, calendar.startOf(dayNumber(day + 2))],
      };
    }
    return window;
  };
}
