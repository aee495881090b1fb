import type { ActiveSession, ActiveSessionsPage } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';
import { pathOfCourseware } from '../courseware/paths.ts';
import { Institute, type Institutes } from '../learners/institute.tsx';
import { pathOfLearner } from '../learners/paths.ts';
import { Live } from '../live.tsx';

interface SessionsPageProps {
  page: Page;
  found: ActiveSessionsPage;
  institutes: Institutes;
  /** When it was asked for, in epoch milliseconds. */
  now: number;
}

/** Who is viewing now: it renews itself, and any of them can be ended. */
export function SessionsPage({ page, found, institutes, now }: SessionsPageProps) {
  const { sessions: texts, learners } = page.texts.admin;
  return (
    <Layout page={page} title={texts.title} styles={['/assets/admin.css']} scripts={['admin/live.js']}>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Live page={page} seconds={5} now={now}>
        {found.items.length === 0 ? (
          <Blank title={texts.empty} text={texts.emptyText} />
        ) : (
          <table class="rows stacked">
            <caption>{texts.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.learner}</th>
                <th scope="col">{learners.institute}</th>
                <th scope="col">{texts.courseware}</th>
                <th scope="col">{texts.since}</th>
                <th scope="col">{texts.heard}</th>
                <th scope="col">{texts.state}</th>
                <th scope="col" class="number">
                  {texts.watched}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {found.items.map((session) => (
                <Row page={page} session={session} institutes={institutes} now={now} />
              ))}
            </tbody>
          </table>
        )}
        <Pager page={page} nextCursor={found.nextCursor} />
      </Live>
    </Layout>
  );
}

const toneOf: Readonly<Record<string, Tone>> = { playing: 'good', paused: 'waiting', ended: 'waiting' };

function Row(props: { page: Page; session: ActiveSession; institutes: Institutes; now: number }) {
  const { page, session, institutes, now } = props;
  const { sessions: texts, learners } = page.texts.admin;
  const { format } = page;
  const { sessionId, learnerId, name, coursewareId, title, presenting, openedAt, lastSeenAt } = session;
  const silent = Math.max(0, Math.floor((now - Date.parse(lastSeenAt)) / 1_000));
  return (
    <tr>
      <th scope="row">
        <a href={page.link(pathOfLearner(learnerId))}>{name ?? learnerId}</a>
        {name !== null && <span class="small muted id">{learnerId}</span>}
      </th>
      <td data-label={learners.institute}>
        <Institute page={page} id={session.organisationId} institutes={institutes} />
      </td>
      <td data-label={texts.courseware}>
        {page.signIn?.org === undefined ? (
          <a href={page.link(pathOfCourseware(coursewareId))}>{title}</a>
        ) : (
          title
        )}
      </td>
      <td data-label={texts.since}>
        <time datetime={openedAt}>{format.time(openedAt)}</time>
      </td>
      <td data-label={texts.heard}>{silent < 1 ? texts.justNow : texts.ago(format.exactDuration(silent))}</td>
      <td data-label={texts.state}>
        <Tag tone={toneOf[presenting] ?? 'warn'} text={texts.presenting[presenting] ?? presenting} />
      </td>
      <td class="number" data-label={texts.watched}>
        {format.exactDuration(session.watchedSeconds)}
      </td>
      <td>
        <a
          id={`end-${sessionId}`}
          class="button second small"
          href={page.link(`/admin/sessions/${sessionId}/end`)}
          aria-label={texts.endOf(name ?? learnerId)}
        >
          {texts.end}
        </a>
      </td>
    </tr>
  );
}
