import type { Credits, LearnerSession, LearnerSessionsPage, SessionTimeline } from '@watchledger/contract';
import { CalendarDay } from '@watchledger/contract';
import { allOf } from '../../parts/all-of.ts';
import { listPage } from '../../parts/list-page.ts';
import type { LearnerSite } from '../learner-site.tsx';
import { yearAsked } from '../years.tsx';
import { CalendarPage } from './calendar-page.tsx';
import { CoursewareList } from './courseware-list.tsx';
import { CoursewarePage } from './courseware-page.tsx';

const onAPage = 20;
/** Each comes with its timeline, so they are fewer. */
const sessionsOnAPage = 10;

export function watchingPages(site: LearnerSite): void {
  site.show('/me/courseware', async ({ page, who, ask, today }) => {
    const year = yearAsked(page, today);
    const { courseware } = await ask.json<Credits>({
      path: ['learners', who.sub, 'credits'],
      query: { year },
    });
    const wanted = page.query.get('query')?.trim().toLowerCase() ?? '';
    const found = courseware
      .filter(({ title }) => title.toLowerCase().includes(wanted))
      .toSorted((a, b) => b.lastWatchedAt.localeCompare(a.lastWatchedAt));
    const { items, nextCursor } = listPage(found, page.query.get('cursor'), onAPage);
    return (
      <CoursewareList
        page={page}
        year={year}
        today={today}
        items={items}
        count={found.length}
        ofAll={courseware.length}
        nextCursor={nextCursor}
      />
    );
  });

  site.show('/me/courseware/:id', async ({ page, who, ask, part, today }) => {
    const year = yearAsked(page, today);
    const coursewareId = part('id');
    const [credits, sessions] = await Promise.all([
      ask.json<Credits>({ path: ['learners', who.sub, 'credits'], query: { year } }),
      ask.json<LearnerSessionsPage>({
        path: ['learners', who.sub, 'sessions'],
        query: {
          coursewareId,
          from: `${year}-01-01`,
          to: `${year}-12-31`,
          limit: sessionsOnAPage,
          cursor: page.query.get('cursor') ?? undefined,
        },
      }),
    ]);
    const timelines = await Promise.all(
      sessions.items.map(({ sessionId }) =>
        ask.json<SessionTimeline>({ path: ['sessions', sessionId, 'timeline'] }),
      ),
    );
    const known = credits.courseware.find((each) => each.coursewareId === coursewareId);
    const title =
      known?.title ??
      sessions.items[0]?.title ??
      (await ask.json<{ title: string }>({ path: ['courseware', coursewareId] })).title;
    return (
      <CoursewarePage
        page={page}
        year={year}
        today={today}
        title={title}
        credits={known}
        viewings={sessions.items.flatMap((session, nth) => {
          const timeline = timelines[nth];
          return timeline === undefined ? [] : { state: session.state, timeline };
        })}
        nextCursor={sessions.nextCursor}
      />
    );
  });

  site.show('/me/calendar', async ({ page, who, ask, today }) => {
    const asked = CalendarDay.safeParse(page.query.get('day')).data;
    const day = asked !== undefined && asked <= today ? asked : undefined;
    const year = day === undefined ? yearAsked(page, today) : Number(day.slice(0, 4));
    const sessions = await allOf<LearnerSession>(
      ask.items({
        path: ['learners', who.sub, 'sessions'],
        query: { from: `${year}-01-01`, to: `${year}-12-31` },
      }),
    );
    return <CalendarPage page={page} year={year} today={today} day={day} sessions={sessions} />;
  });
}
