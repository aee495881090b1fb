import type { Credits } from '@watchledger/contract';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import { Meter } from '../parts/meter.tsx';
import { Ring } from '../parts/ring.tsx';

/** A learner's year at a glance: how far it is to the goal, what counted, and how the rest can be earned. */
export function YearPage({ page, credits }: { page: Page; credits: Credits }) {
  const { format, texts } = page;
  const { me } = texts;
  const { total, year, closed } = credits;
  const done = format.duration(total.creditedSeconds);
  return (
    <Layout page={page} title={me.year.title(year)}>
      <header class="page-head">
        <h1>{me.year.title(year)}</h1>
        <YearSwitch page={page} year={year} />
      </header>
      <p class="lead">
        {total.missingSeconds === 0
          ? me.year.reached(year, done)
          : me.year.headLine(
              year,
              done,
              format.duration(total.missingSeconds),
              format.duration(total.goalSeconds),
            )}
      </p>
      {closed && <p class="note">{me.year.closed}</p>}
      <section class="glance" aria-label={me.year.glance}>
        <Ring
          share={total.goalSeconds === 0 ? 1 : total.creditedSeconds / total.goalSeconds}
          value={done}
          label={me.year.ofGoal(format.duration(total.goalSeconds))}
        />
        <ul class="categories">
          <Category page={page} name="online" figures={credits.online} href="/me/courseware" />
          <Category page={page} name="selfStudy" figures={credits.selfStudy} href="/me/activities/new" />
          <Category page={page} name="offline" figures={credits.offline} href="/me/trainings" />
        </ul>
      </section>
    </Layout>
  );
}

interface Figures {
  readonly seconds: number;
  readonly creditedSeconds: number;
  readonly capSeconds: number | null;
  readonly remainingSeconds: number | null;
}

function Category(props: {
  page: Page;
  name: 'online' | 'selfStudy' | 'offline';
  figures: Figures;
  href: string;
}) {
  const { page, name, figures, href } = props;
  const { format, texts } = page;
  const { year, categories } = texts.me;
  const { seconds, creditedSeconds, capSeconds, remainingSeconds } = figures;
  const over = seconds - creditedSeconds;
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
        over={over}
      />
      {over >= 60 && <p class="note warn small">{year.notCounted(format.duration(over))}</p>}
      <p class="small">
        {remainingSeconds === 0 ? year.full[name] : year.how[name]}{' '}
        {remainingSeconds !== 0 && <a href={page.link(href)}>{year.go[name]}</a>}
      </p>
    </li>
  );
}

function YearSwitch({ page, year }: { page: Page; year: number }) {
  const { year: texts } = page.texts.me;
  const to = (other: number) => page.link(`${page.path}?year=${other}`);
  return (
    <nav class="steps" aria-label={texts.years}>
      <a class="button second" href={to(year - 1)} aria-label={texts.title(year - 1)}>
        ‹ {year - 1}
      </a>
      <a class="button second" href={to(year + 1)} aria-label={texts.title(year + 1)}>
        {year + 1} ›
      </a>
    </nav>
  );
}
