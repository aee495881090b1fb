import type { SessionTimeline } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';
import { pathOfLearner } from './paths.ts';

/** One session of a learner, stretch by stretch: what counted, and why the rest did not (R13). */
export function TimelinePage({ page, timeline }: { page: Page; timeline: SessionTimeline }) {
  const { learners: texts } = page.texts.admin;
  const { format } = page;
  const { title, learnerId, stretches, watchedMs, creditedMs, openedAt } = timeline;
  const seconds = (ms: number) => format.exactDuration(Math.floor(ms / 1_000));
  return (
    <Layout page={page} title={texts.timelineOf(title)} styles={['/assets/admin.css']}>
      <p class="eyebrow">
        <a href={page.link(pathOfLearner(learnerId))}>{texts.back}</a> · {learnerId}
      </p>
      <h1>{texts.timelineOf(title)}</h1>
      <p class="lead">
        {format.moment(openedAt)} · {texts.watched} {seconds(watchedMs)} · {texts.counted}{' '}
        {seconds(creditedMs)}
      </p>
      <section class="sheet" aria-labelledby="stretches">
        <h2 id="stretches">{texts.timeline}</h2>
        <p class="muted">{texts.timelineText}</p>
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{texts.stretch}</th>
              <th scope="col" class="number">
                {texts.length}
              </th>
              <th scope="col">{texts.result}</th>
            </tr>
          </thead>
          <tbody>
            {stretches.map(({ from, to, counted, reason }) => (
              <tr>
                <th scope="row">
                  {format.exactTime(from)} – {format.exactTime(to)}
                </th>
                <td class="number" data-label={texts.length}>
                  {seconds(Date.parse(to) - Date.parse(from))}
                </td>
                <td data-label={texts.result}>
                  <Tag
                    tone={counted ? 'good' : 'waiting'}
                    text={counted ? texts.counted : (texts.reasons[reason ?? ''] ?? '—')}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Layout>
  );
}
