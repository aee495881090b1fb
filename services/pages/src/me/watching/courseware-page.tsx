import type { CoursewareCredits, SessionState, SessionTimeline } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Viewing, viewingStyle } from '../../viewing/viewing.tsx';
import { MePage } from '../me-page.tsx';
import { YearSwitch } from '../years.tsx';
import { LimitMeter } from './courseware-list.tsx';

interface CoursewarePageProps {
  page: Page;
  year: number;
  today: string;
  title: string;
  /** Absent: not watched in this year. */
  credits: CoursewareCredits | undefined;
  viewings: readonly { readonly state: SessionState; readonly timeline: SessionTimeline }[];
  nextCursor: string | null;
}

/** One courseware: what it earned in a year, and every viewing of it with what counted and what did not. */
export function CoursewarePage(props: CoursewarePageProps) {
  const { page, year, today, title, credits, viewings, nextCursor } = props;
  const { format, texts } = page;
  const { courseware } = texts.me;
  return (
    <MePage
      page={page}
      title={title}
      aside={<YearSwitch page={page} year={year} today={today} />}
      styles={[viewingStyle]}
    >
      <p>
        <a href={page.link(`/me/courseware?year=${year}`)}>‹ {courseware.back}</a>
      </p>
      {credits !== undefined && (
        <div class="limit">
          <p>
            {texts.viewing.summary(
              format.duration(credits.watchedSeconds),
              format.duration(credits.creditedSeconds),
            )}
            {' · '}
            {credits.remainingSeconds === 0
              ? courseware.full
              : `${courseware.columns.left} ${format.left(credits.remainingSeconds)}`}
          </p>
          <LimitMeter page={page} credits={credits} />
        </div>
      )}
      <h2>{courseware.sessions(year)}</h2>
      {viewings.length === 0 ? (
        <Blank title={courseware.noSessions} text={courseware.noSessionsText} />
      ) : (
        viewings.map((viewing) => <Viewing page={page} {...viewing} heading="h3" />)
      )}
      <Pager page={page} nextCursor={nextCursor} />
    </MePage>
  );
}
