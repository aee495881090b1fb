import type { LearnerSession } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { MePage } from '../me-page.tsx';
import { YearSwitch } from '../years.tsx';
import { MonthGrid } from './month-grid.tsx';

interface CalendarPageProps {
  page: Page;
  year: number;
  today: string;
  /** The day that was chosen, `YYYY-MM-DD`. */
  day: string | undefined;
  sessions: readonly LearnerSession[];
}

/** On which days of a year a learner watched, and for how long. */
export function CalendarPage({ page, year, today, day, sessions }: CalendarPageProps) {
  const { format, texts } = page;
  const { calendar } = texts.me;
  const watched = watchedOn(sessions, year);
  const whole = [...watched.values()].reduce((sum, seconds) => sum + seconds, 0);
  const months = monthsOf(year, today);
  return (
    <MePage
      page={page}
      title={calendar.title(year)}
      aside={<YearSwitch page={page} year={year} today={today} />}
    >
      {watched.size === 0 && day === undefined ? (
        <Blank title={calendar.none} text={calendar.noneText} />
      ) : (
        <>
          <p class="muted">{calendar.summary(watched.size, format.duration(whole))}</p>
          {day !== undefined && <Day page={page} day={day} sessions={sessions} />}
          <p class="scale small muted">
            {calendar.scale.less}
            {[1, 2, 3, 4].map((level) => (
              <span class={`shade l${level}`} />
            ))}
            {calendar.scale.more}
          </p>
          <div class="months">
            {months.map((month) => (
              <MonthGrid page={page} month={month} watched={watched} chosen={day} today={today} />
            ))}
          </div>
          <MonthTable page={page} months={months} watched={watched} />
        </>
      )}
    </MePage>
  );
}

/** Seconds of each day of a year on which something was watched. */
function watchedOn(sessions: readonly LearnerSession[], year: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { days } of sessions) {
    for (const { day, watchedSeconds } of days) {
      if (day.startsWith(`${year}-`) && watchedSeconds > 0)
        sums.set(day, (sums.get(day) ?? 0) + watchedSeconds);
    }
  }
  return sums;
}

/** The months of a year that have begun, the latest first, `YYYY-MM`. */
const monthsOf = (year: number, today: string): string[] =>
  Array.from({ length: 12 }, (_, nth) => `${year}-${String(nth + 1).padStart(2, '0')}`)
    .filter((month) => month <= today.slice(0, 7))
    .toReversed();

function Day({ page, day, sessions }: { page: Page; day: string; sessions: readonly LearnerSession[] }) {
  const { format, texts } = page;
  const { calendar } = texts.me;
  const year = day.slice(0, 4);
  const ofDay = sessions.flatMap((session) =>
    session.days
      .filter((each) => each.day === day)
      .map(({ watchedSeconds }) => ({ session, watchedSeconds })),
  );
  return (
    <section class="sheet day" id="day" aria-labelledby="of-day">
      <header>
        <h2 id="of-day">{calendar.on(format.day(day))}</h2>
        <a href={page.link(`${page.path}?year=${year}`)}>{calendar.close}</a>
      </header>
      {ofDay.length === 0 ? (
        <p class="muted">{calendar.noneOn}</p>
      ) : (
        <ul class="lines">
          {ofDay.map(({ session, watchedSeconds }) => (
            <li>
              <p>
                <a
                  href={page.link(
                    `/me/courseware/${encodeURIComponent(session.coursewareId)}?year=${year}#s-${session.sessionId}`,
                  )}
                >
                  {session.title}
                </a>
              </p>
              <p class="small muted">
                {format.time(session.openedAt)}–{format.time(session.sealedAt ?? session.lastSeenAt)} ·{' '}
                {calendar.watchedOnDay(format.exactDuration(watchedSeconds))} ·{' '}
                {texts.viewing.states[session.state]}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The same in figures, month by month. */
function MonthTable(props: { page: Page; months: readonly string[]; watched: ReadonlyMap<string, number> }) {
  const { page, months, watched } = props;
  const { format, texts } = page;
  const { calendar } = texts.me;
  const rows = months.flatMap((month) => {
    const days = [...watched].filter(([day]) => day.startsWith(month));
    return days.length === 0
      ? []
      : { month, days: days.length, seconds: days.reduce((sum, [, each]) => sum + each, 0) };
  });
  return (
    <details class="sheet">
      <summary>{calendar.table}</summary>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{calendar.month}</th>
            <th scope="col" class="number">
              {calendar.days}
            </th>
            <th scope="col" class="number">
              {calendar.time}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ month, days, seconds }) => (
            <tr>
              <th scope="row">{format.month(month)}</th>
              <td class="number">{format.number(days)}</td>
              <td class="number">{format.duration(seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
