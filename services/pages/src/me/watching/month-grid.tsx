import type { Page } from '../../layout/page.ts';

interface MonthGridProps {
  page: Page;
  /** `YYYY-MM` */
  month: string;
  /** Seconds by day. */
  watched: ReadonlyMap<string, number>;
  chosen: string | undefined;
  today: string;
}

/** One month as people know it from the wall: weeks from Monday on, days with study to choose. */
export function MonthGrid({ page, month, watched, chosen, today }: MonthGridProps) {
  const { format, texts } = page;
  const { calendar } = texts.me;
  return (
    <table class="month">
      <caption>{format.month(month)}</caption>
      <thead>
        <tr>
          {calendar.weekdays.map((weekday) => (
            <th scope="col">{weekday}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr>
            {week.map((day) => (
              <td class={day === today ? 'today' : undefined}>
                {day !== null && (
                  <Day page={page} day={day} seconds={watched.get(day) ?? 0} chosen={chosen} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day(props: { page: Page; day: string; seconds: number; chosen: string | undefined }) {
  const { page, day, seconds, chosen } = props;
  const { format, texts } = page;
  const number = Number(day.slice(8));
  if (seconds === 0) return <span>{number}</span>;
  return (
    <a
      class={`shade l${levelOf(seconds)}`}
      href={page.link(`${page.path}?day=${day}#day`)}
      aria-label={texts.me.calendar.cell(format.shortDay(day), format.duration(seconds))}
      aria-current={day === chosen ? 'date' : undefined}
    >
      {number}
    </a>
  );
}

const hour = 3_600;

/** From a little to a whole day's work. */
const levelOf = (seconds: number): 1 | 2 | 3 | 4 =>
  seconds < hour / 2 ? 1 : seconds < 2 * hour ? 2 : seconds < 4 * hour ? 3 : 4;

const dayMs = 86_400_000;

/** The days of a month in rows from Monday to Sunday; null where another month has one. */
function weeksOf(month: string): (string | null)[][] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const weeks = Math.ceil((before + length) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const nth = week * 7 + weekday - before;
      return nth < 0 || nth >= length ? null : new Date(first + nth * dayMs).toISOString().slice(0, 10);
    }),
  );
}
