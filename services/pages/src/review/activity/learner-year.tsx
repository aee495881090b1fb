import type { Page } from '../../layout/page.ts';
import { Meter } from '../../parts/meter.tsx';
import type { ActivityView } from './view.ts';

/** How the learner stands in the year of the activity. */
export function LearnerYear({ page, view: { credits, activity } }: { page: Page; view: ActivityView }) {
  const { activity: texts } = page.texts.review;
  const { categories } = page.texts.me;
  const { format } = page;
  const year = Number(activity.to.slice(0, 4));
  if (credits === null) {
    return (
      <section class="sheet" aria-labelledby="year">
        <h2 id="year">{texts.yearFigures(year)}</h2>
        <p class="muted">{texts.noFigures}</p>
      </section>
    );
  }
  const { total, online, selfStudy, offline } = credits;
  const lines = [
    [texts.total, total.creditedSeconds, total.goalSeconds, total.creditedSeconds],
    [categories.online, online.creditedSeconds, online.capSeconds, online.seconds],
    [categories.selfStudy, selfStudy.creditedSeconds, selfStudy.capSeconds, selfStudy.seconds],
    [categories.offline, offline.creditedSeconds, offline.capSeconds, offline.seconds],
  ] as const;
  return (
    <section class="sheet" aria-labelledby="year">
      <h2 id="year">{texts.yearFigures(credits.year)}</h2>
      <dl class="year-lines">
        {lines.map(([name, credited, cap, all]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <b>{format.duration(credited)}</b>{' '}
              {cap !== null && <span class="muted small">{texts.of(format.duration(cap))}</span>}
              <Meter
                label={`${name} ${format.duration(credited)}`}
                value={credited}
                cap={cap}
                over={all - credited}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
