import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';
import { PersonName } from '../../people/person-name.tsx';
import { daysOf } from '../days.ts';
import { decisionOf, toneOf } from '../decision-words.ts';
import { Keys, KeysButton } from '../keys.tsx';
import { isChanged } from '../queue/rows.ts';
import { withSearch } from '../queue/search.ts';
import { DecisionForm } from './decision-form.tsx';
import type { DecisionDraft, DraftFaults } from './draft.ts';
import type { Effect } from './effect.ts';
import { EvidenceList } from './evidence-list.tsx';
import { LearnerYear } from './learner-year.tsx';
import { SimilarList } from './similar-list.tsx';
import { Trail } from './trail.tsx';
import type { ActivityView } from './view.ts';

export interface ActivityProps {
  page: Page;
  view: ActivityView;
  draft: DecisionDraft;
  faults?: DraftFaults | undefined;
  /** Of the decision in the form; null: not asked. */
  effect: Effect | null;
  /** Why a decision was not taken. */
  conflict?: string | undefined;
}

/** The evidence beside the decision. */
export function ActivityPage(props: ActivityProps) {
  const { page, view, conflict } = props;
  const { activity, person, waiting, search } = view;
  const { activity: texts, states } = page.texts.review;
  const queue = page.link(withSearch('/review', search));
  return (
    <Layout page={page} title={activity.title} styles={['/assets/review.css']} scripts={['review.js']}>
      <header class="page-head">
        <h1>{activity.title}</h1>
        <KeysButton page={page} />
      </header>
      <p class="line">
        <PersonName person={person} /> <Tag tone={toneOf[activity.state]} text={states[activity.state]} />
      </p>
      <nav class="steps" aria-label={page.texts.places.queue}>
        <a href={queue} data-key="u">
          ← {texts.toQueue}
        </a>
        <span class="muted small">{texts.position(waiting.count, waiting.more)}</span>
        {waiting.next !== null && (
          <a href={page.link(withSearch(`/review/${waiting.next}`, search))} data-key="j">
            {texts.skip} →
          </a>
        )}
      </nav>
      {conflict !== undefined && (
        <p class="note bad" role="alert">
          {conflict}
        </p>
      )}
      <div class="desk">
        <div>
          <Declared page={page} view={view} />
          <section class="sheet" aria-labelledby="evidence">
            <h2 id="evidence">{texts.evidence}</h2>
            <EvidenceList page={page} evidence={view.evidence} />
          </section>
        </div>
        <div>
          <Decision {...props} />
          <section class="sheet" aria-labelledby="similar">
            <h2 id="similar">{texts.similar}</h2>
            <SimilarList page={page} similar={activity.similar ?? []} search={search} />
          </section>
          <LearnerYear page={page} view={view} />
          {view.trail !== null && view.trail.length > 0 && <Trail page={page} entries={view.trail} />}
        </div>
      </div>
      <Keys page={page} />
    </Layout>
  );
}

function Declared({ page, view: { activity } }: { page: Page; view: ActivityView }) {
  const { activity: texts, categories, kinds } = page.texts.review;
  const rows: [name: string, value: string | null][] = [
    [texts.hours, page.format.exactDuration(activity.seconds)],
    [texts.days, daysOf(page, activity)],
    [texts.category, categories[activity.category]],
    [texts.kind, activity.kind && kinds[activity.kind]],
    [texts.provider, activity.provider],
    [texts.place, activity.place],
    [texts.country, activity.country],
    [texts.note, activity.note],
    [texts.submitted, activity.submittedAt && page.format.moment(activity.submittedAt)],
  ];
  return (
    <section class="sheet" aria-labelledby="declared">
      <h2 id="declared">{texts.declared}</h2>
      {isChanged(activity) && <p class="note warn">{texts.changed}</p>}
      <dl class="said">
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

function Decision(props: ActivityProps) {
  const { page, view, effect } = props;
  const { activity, isOwn } = view;
  const { activity: texts } = page.texts.review;
  const isDecided = activity.decidedBy !== null;
  const canDecide = !isOwn && activity.state !== 'withdrawn' && effect !== 'year-closed';
  return (
    <section class="sheet decision" aria-labelledby="decide">
      <h2 id="decide">{isDecided ? texts.correct : texts.decide}</h2>
      {activity.decidedBy !== null && (
        <div class={`note ${activity.state === 'approved' ? 'good' : 'bad'}`}>
          <b>{decisionOf(page, activity)}</b>
          {activity.comment !== null && <p>{activity.comment}</p>}
          <p class="small">
            {texts.decidedBy(
              activity.decidedBy,
              activity.decidedAt === null ? '' : page.format.moment(activity.decidedAt),
            )}
          </p>
        </div>
      )}
      {isOwn && <p class="note warn">{texts.own}</p>}
      {activity.state === 'withdrawn' && <p class="note">{texts.withdrawn}</p>}
      {effect === 'year-closed' && <p class="note warn">{texts.yearClosed}</p>}
      {canDecide && <DecisionForm {...props} />}
    </section>
  );
}
