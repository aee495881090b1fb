import type { SessionTimeline } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Viewing, viewingStyle } from '../../viewing/viewing.tsx';
import { pathOfLearner } from './paths.ts';

/** One session of a learner, as the learner sees it. */
export function TimelinePage({ page, timeline }: { page: Page; timeline: SessionTimeline }) {
  const { learners: texts } = page.texts.admin;
  const { title, learnerId } = timeline;
  return (
    <Layout page={page} title={texts.timelineOf(title)} styles={['/assets/admin.css', viewingStyle]}>
      <p class="eyebrow">
        <a href={page.link(pathOfLearner(learnerId))}>{texts.back}</a> · {learnerId}
      </p>
      <h1>{texts.timelineOf(title)}</h1>
      <Viewing page={page} timeline={timeline} heading="h2" />
    </Layout>
  );
}
