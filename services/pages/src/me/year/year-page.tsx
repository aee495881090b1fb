import type { Credits, NoticesPage } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Meter } from '../../parts/meter.tsx';
import { Ring } from '../../parts/ring.tsx';
import { MePage } from '../me-page.tsx';
import { YearSwitch } from '../years.tsx';
import { UnreadNotices } from './unread-notices.tsx';
import type { Waiting } from './waiting.ts';

interface YearPageProps {
  page: Page;
  credits: Credits;
  waiting: Waiting;
  notices: NoticesPage;
  today: string;
}

/** A learner's year at a glance: how far it is to the goal, what counted, and how the rest can be earned. */
export function YearPage({ page, credits, waiting, notices, today }: YearPageProps) {
  const { format, texts } = page;
  const { me } = texts;
  const { total, year, closed } = credits;
  const done = format.duration(total.creditedSeconds);
  const offlineNeeded = mustBeOffline(credits);
  const ofGoal = (seconds: number) => (total.goalSeconds === 0 ? 0 : seconds / total.goalSeconds);
  return (
    <MePage
      page={page}
      title={me.year.title(year)}
      aside={<YearSwitch page={page} year={year} today={today} />}
    >
      <p class="lead">
        {total.missingSeconds === 0
          ? me.year.reached(year, done)
          : me.year.headLine(
              year,
              done,
              format.left(total.missingSeconds),
              format.duration(total.goalSeconds),
            )}
      </p>
      {offlineNeeded > 0 && <p class="muted">{me.year.offlineNeeded(format.left(offlineNeeded))}</p>}
      {closed && <p class="note">{me.year.closed}</p>}
      <UnreadNotices page={page} notices={notices} />
      <section class="glance" aria-label={me.year.glance}>
        <Ring
          share={total.goalSeconds === 0 ? 1 : ofGoal(total.creditedSeconds)}
          waiting={ofGoal(countable(credits, waiting))}
          value={done}
          label={me.year.ofGoal(format.duration(total.goalSeconds))}
        />
        <ul class="categories">
          <Category page={page} name="online" figures={credits.online} waiting={waiting.online} />
          <Category page={page} name="selfStudy" figures={credits.selfStudy} waiting={waiting.selfStudy} />
          <Category page={page} name="offline" figures={credits.offline} waiting={waiting.offline} />
        </ul>
      </section>
    </MePage>
  );
}

interface Figures {
  readonly seconds: number;
  readonly creditedSeconds: number;
  readonly capSeconds: number | null;
  readonly remainingSeconds: number | null;
}

/** What is missing to the goal even when all that is capped is full. */
function mustBeOffline({ total, online, selfStudy, offline }: Credits): number {
  if (online.remainingSeconds === null || selfStudy.remainingSeconds === null) return 0;
  if (offline.remainingSeconds !== null) return 0;
  return Math.max(0, total.missingSeconds - online.remainingSeconds - selfStudy.remainingSeconds);
}

/** What would be credited of what waits, by the caps. */
function countable({ online, selfStudy, offline }: Credits, waiting: Waiting): number {
  const within = ({ remainingSeconds }: Figures, seconds: number) =>
    remainingSeconds === null ? seconds : Math.min(seconds, remainingSeconds);
  return (
    within(online, waiting.online) + within(selfStudy, waiting.selfStudy) + within(offline, waiting.offline)
  );
}

/** Where a category is earned by itself or with others, and which of its forms one declares. */
const ways = {
  online: { href: '/me/courseware', declare: '/me/activities/new?category=online' },
  selfStudy: { href: '/me/activities/new?category=self-study', declare: null },
  offline: { href: '/me/trainings', declare: '/me/activities/new?category=offline' },
} as const;

function Category(props: {
  page: Page;
  name: 'online' | 'selfStudy' | 'offline';
  figures: Figures;
  waiting: number;
}) {
  const { page, name, figures, waiting } = props;
  const { format, texts } = page;
  const { year, categories } = texts.me;
  const { seconds, creditedSeconds, capSeconds, remainingSeconds } = figures;
  const over = seconds - creditedSeconds;
  const { href, declare } = ways[name];
  return (
    <li>
      <h2>{categories[name]}</h2>
      <p class="figure">
        <b>{format.duration(creditedSeconds)}</b>{' '}
        <span class="muted">
          {capSeconds === null ? year.noCap : year.ofCap(format.duration(capSeconds))}
        </span>
      </p>
      <Meter
        label={`${categories[name]} ${format.duration(creditedSeconds)}`}
        value={creditedSeconds}
        cap={capSeconds}
        over={remainingSeconds === 0 ? over : 0}
      />
      {over >= 60 && <p class="note warn small">{year.notCounted(format.duration(over))}</p>}
      {waiting > 0 && (
        <p class="note small">
          <a href={page.link(name === 'selfStudy' ? '/me/activities?state=submitted' : '/me/activities')}>
            {year.waiting(format.duration(waiting))}
          </a>
        </p>
      )}
      {remainingSeconds === 0 ? (
        <p class="small">{year.full[name]}</p>
      ) : (
        <>
          <p class="small">
            {remainingSeconds !== null && `${year.left(format.left(remainingSeconds))} `}
            {year.how[name]}
          </p>
          <p class="small ways">
            <a href={page.link(href)}>{year.go[name]}</a>
            {declare !== null && <a href={page.link(declare)}>{year.declare}</a>}
          </p>
        </>
      )}
    </li>
  );
}
