import type {
  ActivitiesPage,
  Credits,
  Learner,
  LearnerSession,
  LearnerSessionsPage,
} from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Pager } from '../../parts/pager.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';
import type { Institutes } from './institute.tsx';
import { pathOfLearner, pathOfLearners } from './paths.ts';
import { RosterForm, type RosterTyped } from './roster-form.tsx';

interface LearnerPageProps {
  page: Page;
  learner: Learner;
  /** Absent: it was typed when nobody had put them on the roster. */
  etag: string | undefined;
  credits: Credits;
  sessions: LearnerSessionsPage;
  activities: ActivitiesPage['items'];
  institutes: Institutes;
  typed?: RosterTyped | undefined;
  faults?: Readonly<Record<string, string>> | undefined;
}

/** One learner: the figures of a year and what is behind them, and what the roster says. */
export function LearnerPage(props: LearnerPageProps) {
  const { page, learner, etag, credits, sessions, activities, institutes, typed, faults } = props;
  const { learners: texts } = page.texts.admin;
  const { learnerId, name } = learner;
  const { year, closed } = credits;
  const to = (other: number) => page.link(`${pathOfLearner(learnerId)}?year=${other}`);
  return (
    <Layout page={page} title={name ?? learnerId} styles={['/assets/admin.css']}>
      <p class="eyebrow">
        <a href={page.link(pathOfLearners)}>{texts.title}</a> · {learnerId}
      </p>
      <header class="page-head">
        <h1>{name ?? learnerId}</h1>
        <nav class="steps" aria-label={texts.year}>
          <a class="button second" href={to(year - 1)} aria-label={texts.figures(year - 1)}>
            ‹ {year - 1}
          </a>
          <a class="button second" href={to(year + 1)} aria-label={texts.figures(year + 1)}>
            {year + 1} ›
          </a>
        </nav>
      </header>
      <section class="sheet" aria-labelledby="figures">
        <h2 id="figures">
          {texts.figures(year)} {closed && <Tag tone="waiting" text={texts.closed} />}
        </h2>
        <Figures page={page} credits={credits} />
      </section>
      <section class="sheet" aria-labelledby="sessions">
        <h2 id="sessions">{texts.sessions}</h2>
        {sessions.items.length === 0 ? (
          <p class="muted">{texts.noSessions}</p>
        ) : (
          <Sessions page={page} learnerId={learnerId} sessions={sessions.items} />
        )}
        <Pager page={page} nextCursor={sessions.nextCursor} />
      </section>
      <section class="sheet" aria-labelledby="activities">
        <h2 id="activities">{texts.activities}</h2>
        {activities.length === 0 ? (
          <p class="muted">{texts.noActivities}</p>
        ) : (
          <Activities page={page} activities={activities} />
        )}
      </section>
      <RosterForm
        page={page}
        learner={learner}
        etag={etag}
        institutes={institutes}
        typed={typed}
        faults={faults}
      />
    </Layout>
  );
}

function Figures({ page, credits }: { page: Page; credits: Credits }) {
  const { learners: texts } = page.texts.admin;
  const { duration, left } = page.format;
  const { online, selfStudy, offline, total } = credits;
  const rows = [
    [texts.online, online],
    [texts.selfStudy, selfStudy],
    [texts.offline, offline],
  ] as const;
  return (
    <>
      <table class="rows stacked">
        <thead>
          <tr>
            <th scope="col">{texts.category}</th>
            <th scope="col" class="number">
              {texts.seconds}
            </th>
            <th scope="col" class="number">
              {texts.credited}
            </th>
            <th scope="col" class="number">
              {texts.cap}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, { seconds, creditedSeconds, capSeconds }]) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="number" data-label={texts.seconds}>
                {duration(seconds)}
              </td>
              <td class="number" data-label={texts.credited}>
                {duration(creditedSeconds)}
              </td>
              <td class="number" data-label={texts.cap}>
                {capSeconds === null ? texts.noCap : duration(capSeconds)}
              </td>
            </tr>
          ))}
          <tr class="sum">
            <th scope="row">{texts.total}</th>
            <td class="number" data-label={texts.seconds}>
              {duration(total.seconds)}
            </td>
            <td class="number" data-label={texts.credited}>
              <b>{duration(total.creditedSeconds)}</b>
            </td>
            <td class="number">{texts.goal(duration(total.goalSeconds))}</td>
          </tr>
        </tbody>
      </table>
      <p>
        {total.missingSeconds === 0 ? (
          <Tag tone="good" text={texts.reached} />
        ) : (
          <Tag tone="warn" text={`${texts.missing} ${left(total.missingSeconds)}`} />
        )}
      </p>
    </>
  );
}

function Sessions(props: { page: Page; learnerId: string; sessions: readonly LearnerSession[] }) {
  const { page, learnerId, sessions } = props;
  const { learners: texts } = page.texts.admin;
  const { format } = page;
  return (
    <table class="rows stacked">
      <thead>
        <tr>
          <th scope="col">{texts.courseware}</th>
          <th scope="col">{texts.openedAt}</th>
          <th scope="col" class="number">
            {texts.watched}
          </th>
          <th scope="col">{texts.state}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ sessionId, title, openedAt, watchedSeconds, state }) => (
          <tr>
            <th scope="row">{title}</th>
            <td data-label={texts.openedAt}>
              <time datetime={openedAt}>{format.moment(openedAt)}</time>
            </td>
            <td class="number" data-label={texts.watched}>
              {format.exactDuration(watchedSeconds)}
            </td>
            <td data-label={texts.state}>
              <Tag tone={state === 'active' ? 'good' : 'waiting'} text={page.texts.viewing.states[state]} />
            </td>
            <td>
              <a
                href={page.link(`${pathOfLearner(learnerId)}/sessions/${sessionId}`)}
                aria-label={texts.timelineOf(title)}
              >
                {texts.timeline}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const toneOf: Readonly<Record<string, Tone>> = { approved: 'good', rejected: 'bad', submitted: 'warn' };

function Activities({ page, activities }: { page: Page; activities: ActivitiesPage['items'] }) {
  const { learners: texts } = page.texts.admin;
  const { format } = page;
  return (
    <table class="rows stacked">
      <thead>
        <tr>
          <th scope="col">{texts.activity}</th>
          <th scope="col">{texts.category}</th>
          <th scope="col">{texts.days}</th>
          <th scope="col" class="number">
            {texts.declared}
          </th>
          <th scope="col" class="number">
            {texts.granted}
          </th>
          <th scope="col">{texts.state}</th>
        </tr>
      </thead>
      <tbody>
        {activities.map(({ title, category, from, to, seconds, grantedSeconds, state }) => (
          <tr>
            <th scope="row">{title}</th>
            <td data-label={texts.category}>{texts.categories[category]}</td>
            <td data-label={texts.days}>
              {from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`}
            </td>
            <td class="number" data-label={texts.declared}>
              {format.duration(seconds)}
            </td>
            <td class="number" data-label={texts.granted}>
              {grantedSeconds === null ? '—' : format.duration(grantedSeconds)}
            </td>
            <td data-label={texts.state}>
              <Tag tone={toneOf[state] ?? 'waiting'} text={texts.activityStates[state] ?? state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
