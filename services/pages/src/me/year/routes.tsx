import type { Activity, Credits, Enrolment } from '@watchledger/contract';
import { allOf } from '../../parts/all-of.ts';
import type { LearnerSite } from '../learner-site.tsx';
import { yearAsked } from '../years.tsx';
import { waitingIn } from './waiting.ts';
import { YearPage } from './year-page.tsx';

export function yearPages(site: LearnerSite): void {
  site.show('/me', async ({ page, who, ask, today, notices }) => {
    const year = yearAsked(page, today);
    const [credits, activities, enrolments] = await Promise.all([
      ask.json<Credits>({ path: ['learners', who.sub, 'credits'], query: { year } }),
      allOf<Activity>(ask.items({ path: ['activities'], query: { state: 'submitted', learnerId: who.sub } })),
      allOf<Enrolment>(ask.items({ path: ['enrolments'] })),
    ]);
    const waiting = waitingIn(year, activities, enrolments, page.policy.timeZone);
    return <YearPage page={page} credits={credits} waiting={waiting} notices={notices} today={today} />;
  });

  site.take('/me/notices/read', async ({ page, form, ask, goTo }) => {
    await ask.json({ method: 'PUT', path: ['notices', 'read'], body: { until: form.text('until') } });
    return goTo('/me', { kind: 'good', text: page.texts.me.notices.wasRead });
  });
}
