import type {
  Enrolment,
  EnrolmentsPage,
  Training,
  TrainingsPage,
  TrainingTerms,
} from '@watchledger/contract';
import { answered, refusedBecause } from '../../site/faults.ts';
import type { LearnerForm, LearnerSite } from '../learner-site.tsx';
import { BrowsePage } from './browse-page.tsx';
import { CancelPage } from './cancel-page.tsx';
import { searchIn } from './search.ts';
import { isWindowOpen } from './standing.ts';
import { TrainingPage } from './training-page.tsx';

const onAPage = 25;

export function trainingsPages(site: LearnerSite): void {
  site.show('/me/trainings', async ({ page, ask, today }) => {
    const [found, terms] = await Promise.all([
      ask.json<TrainingsPage>({
        path: ['trainings'],
        query: {
          ...searchIn(page.query, today),
          limit: onAPage,
          cursor: page.query.get('cursor') ?? undefined,
        },
      }),
      ask.json<TrainingTerms>({ path: ['training-terms'] }),
    ]);
    return <BrowsePage page={page} found={found} terms={terms} now={Date.now()} />;
  });

  site.show('/me/trainings/:id', async ({ page, ask, part }) => {
    const training = await ask.json<Training>({ path: ['trainings', part('id')] });
    const isEnrolled = training.myState !== null && training.myState !== 'cancelled';
    const enrolment = isEnrolled
      ? await enrolmentIn(training.trainingId, (cursor) =>
          ask.json<EnrolmentsPage>({ path: ['enrolments'], query: { limit: 200, cursor } }),
        )
      : null;
    return <TrainingPage page={page} training={training} enrolment={enrolment} now={Date.now()} />;
  });

  site.take('/me/trainings/:id/enrol', async (sent) => {
    const { page, part } = sent;
    const { trainings: texts } = page.texts.me;
    const undo = { action: page.link(`${pathOf(sent)}/cancel`), label: texts.undoEnrol, fields: {} };
    return told(
      sent,
      { method: 'POST', path: ['trainings', part('id'), 'enrolments'] },
      texts.enrolled,
      undo,
    );
  });

  site.show('/me/trainings/:id/cancel', async ({ page, ask, part }) => {
    const training = await ask.json<Training>({ path: ['trainings', part('id')] });
    return <CancelPage page={page} training={training} />;
  });

  site.take('/me/trainings/:id/cancel', async (sent) => {
    const { page, ask, part } = sent;
    const { trainings: texts } = page.texts.me;
    const training = await ask.json<Training>({ path: ['trainings', part('id')] });
    const undo = { action: page.link(`${pathOf(sent)}/enrol`), label: texts.undoCancel, fields: {} };
    return told(
      sent,
      { method: 'DELETE', path: ['trainings', part('id'), 'enrolments', 'mine'] },
      texts.cancelled,
      isWindowOpen(training, Date.now()) ? undo : undefined,
    );
  });

  site.take('/me/trainings/:id/rate', async (sent) => {
    const { page, form, part, goTo } = sent;
    const { rate } = page.texts.me.trainings;
    const rating = Number(form.text('rating'));
    if (!(rating >= 1 && rating <= 5)) return goTo(pathOf(sent), { kind: 'bad', text: rate.missing });
    return told(
      sent,
      { method: 'PUT', path: ['trainings', part('id'), 'rating'], body: { rating } },
      rate.done,
    );
  });
}

const pathOf = ({ part }: Pick<LearnerForm, 'part'>) => `/me/trainings/${encodeURIComponent(part('id'))}`;

/** Does it, and says on the training's page what came of it. */
async function told(
  sent: LearnerForm,
  call: Parameters<LearnerForm['ask']['send']>[0],
  done: string,
  undo?: { action: string; label: string; fields: Record<string, string> },
): Promise<Response> {
  const { page, ask, goTo } = sent;
  const outcome = await answered(ask.send(call));
  if (outcome.ok) return goTo(pathOf(sent), { kind: 'good', text: done, undo });
  const { refusal } = outcome;
  const text = page.texts.me.trainings.refusals[refusal.code] ?? refusedBecause(refusal, page.language);
  return goTo(pathOf(sent), { kind: 'bad', text });
}

/** One's enrolment in a training, out of the list of them all. */
async function enrolmentIn(
  trainingId: string,
  pageAt: (cursor: string | undefined) => Promise<EnrolmentsPage>,
): Promise<Enrolment | null> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, nextCursor } = await pageAt(cursor);
    const found = items.find((each) => each.trainingId === trainingId);
    if (found !== undefined) return found;
    cursor = nextCursor;
  }
  return null;
}
