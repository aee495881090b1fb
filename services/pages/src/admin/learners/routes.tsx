import type {
  ActivitiesPage,
  Credits,
  Learner,
  LearnerSessionsPage,
  SessionTimeline,
  YearsPage,
} from '@watchledger/contract';
import { answered } from '../../site/faults.ts';
import type { Site, Visit } from '../../site/site.tsx';
import { ConflictPage } from '../conflict-page.tsx';
import { lastChange } from '../last-change.ts';
import { findLearners } from './found.ts';
import { type Institutes, readInstitutes } from './institute.tsx';
import { LearnerPage } from './learner-page.tsx';
import { LearnersPage } from './list-page.tsx';
import { pathOfLearner, pathOfLearners } from './paths.ts';
import { type RosterTyped, rosterOf, rosterTypedIn } from './roster-form.tsx';
import { TimelinePage } from './timeline-page.tsx';

const sessionsShown = 20;

/** The learners: their figures, what is behind them, and the roster. */
export function learnersRoutes(site: Site): void {
  site.show(pathOfLearners, 'admin', async ({ page, ask }) => {
    const asked = (name: string) => page.query.get(name)?.trim() || undefined;
    const [found, institutes, { items: years }] = await Promise.all([
      findLearners(ask, {
        query: asked('query'),
        organisationId: asked('organisationId'),
        active: asked('active'),
        year: asked('year'),
        belowGoal: asked('below') === 'goal',
        cursor: asked('cursor'),
      }),
      readInstitutes(ask),
      ask.json<YearsPage>({ path: ['years'] }),
    ]);
    const [present = 0] = years.map(({ year }) => year);
    const year = Number(asked('year') ?? present);
    const shown = [...new Set([present, ...years.map((each) => each.year), year])].sort((a, b) => b - a);
    return <LearnersPage page={page} found={found} institutes={institutes} year={year} years={shown} />;
  });

  site.show('/admin/learners/:id', 'admin', (visit) => one(visit));

  site.take('/admin/learners/:id', 'admin', async (sent) => {
    const { page, ask, form, part, goTo } = sent;
    const id = part('id');
    const typed = rosterTypedIn(form);
    const { name, organisationId, active, reason } = typed;
    const version = form.text('version');
    const before = await ask.json<Learner>({ path: ['learners', id] });
    const outcome = await answered(
      ask.tagged<Learner>({
        method: 'PUT',
        path: ['learners', id],
        body: { name, organisationId: organisationId || null, active, reason: reason || undefined },
        headers: version === undefined ? {} : { 'if-match': version },
      }),
    );
    const { learners: texts } = page.texts.admin;
    if (outcome.ok) {
      const { etag } = outcome.result;
      const was = rosterOf(before);
      const fields = {
        name: was.name,
        organisationId: was.organisationId,
        ...(was.active && { active: 'yes' }),
        version: etag,
      };
      return goTo(pathOfLearner(id), {
        kind: 'good',
        text: texts.saved(name),
        undo:
          before.rosteredAt === null
            ? undefined
            : { action: page.link(pathOfLearner(id)), label: texts.undo, fields },
      });
    }
    if (outcome.refusal.code === 'precondition-failed') return conflictOver(sent, typed);
    const faults = Object.fromEntries(
      outcome.refusal.faults.map(({ path, message }) => [path.slice(1), message]),
    );
    return one(sent, { typed, faults, version });
  });

  site.show('/admin/learners/:id/sessions/:session', 'admin', async ({ page, ask, part }) => {
    const timeline = await ask.json<SessionTimeline>({ path: ['sessions', part('session'), 'timeline'] });
    return <TimelinePage page={page} timeline={timeline} />;
  });
}

/** What was typed and is shown again, with the version that it was typed over. */
interface Again {
  readonly typed: RosterTyped;
  readonly faults: Readonly<Record<string, string>>;
  readonly version: string | undefined;
}

async function one(visit: Visit, again?: Again) {
  const { page, ask, part } = visit;
  const id = part('id');
  const year = page.query.get('year') ?? undefined;
  const cursor = page.query.get('cursor') ?? undefined;
  const [known, credits, sessions, activities, institutes] = await Promise.all([
    ask.tagged<Learner>({ path: ['learners', id] }),
    ask.json<Credits>({ path: ['learners', id, 'credits'], query: { year } }),
    ask.json<LearnerSessionsPage>({
      path: ['learners', id, 'sessions'],
      query: { limit: sessionsShown, cursor },
    }),
    ask.json<ActivitiesPage>({ path: ['activities'], query: { learnerId: id, limit: 200 } }),
    readInstitutes(ask),
  ]);
  return (
    <LearnerPage
      page={page}
      learner={known.body}
      etag={again === undefined ? known.etag : again.version}
      credits={credits}
      sessions={sessions}
      activities={activities.items}
      institutes={institutes}
      typed={again?.typed}
      faults={again?.faults}
    />
  );
}

async function conflictOver(visit: Visit, typed: RosterTyped) {
  const { page, ask, part } = visit;
  const id = part('id');
  const [{ body, etag }, last, institutes] = await Promise.all([
    ask.tagged<Learner>({ path: ['learners', id] }),
    lastChange(visit, 'learner', id),
    readInstitutes(ask),
  ]);
  const { admin } = page.texts;
  const { learners: texts } = admin;
  const now = rosterOf(body);
  const institute = (of: string) => nameOf(of, institutes) ?? page.texts.people.headquarters;
  const state = (active: boolean) => (active ? texts.activeYes : texts.activeNo);
  const { active, ...sent } = typed;
  return (
    <ConflictPage
      page={page}
      last={last}
      fields={[
        { label: texts.nameField, theirs: now.name, yours: typed.name },
        {
          label: texts.institute,
          theirs: institute(now.organisationId),
          yours: institute(typed.organisationId),
        },
        { label: texts.active, theirs: state(now.active), yours: state(active) },
      ]}
      action={pathOfLearner(id)}
      sent={{ ...sent, active: active ? 'yes' : undefined, version: etag }}
      back={pathOfLearner(id)}
    />
  );
}

const nameOf = (id: string, institutes: Institutes): string | undefined =>
  id === '' ? undefined : (institutes.get(id) ?? id);
