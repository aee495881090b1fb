import {
  EnrolmentState,
  type EnrolmentsPage,
  type EnrolmentsReviewed,
  type Training,
} from '@watchledger/contract';
import { peopleOf } from '../../../people/people.ts';
import { answered, type Refusal } from '../../../site/faults.ts';
import type { Site, Visit } from '../../../site/site.tsx';
import { faultIn } from '../../../texts/faults.ts';
import { trainingPath } from '../paths.ts';
import { attendeesIn, type SentAttendees, sentAttendees } from './sent.ts';
import { TrainingPage, type TrainingView } from './training-page.tsx';

const onOnePage = 50;

/** One training, and who takes part. */
export function enrolmentsRoutes(site: Site): void {
  site.show('/review/trainings/:id', 'review', async (visit) => (
    <TrainingPage page={visit.page} view={await trainingView(visit)} />
  ));

  site.take('/review/trainings/:id', 'review', async (visit) => {
    const { page, ask, part, form, goTo } = visit;
    const { trainings } = page.texts.review;
    const sent = sentAttendees(form);
    const again = async (trouble: string, faults: ReadonlyMap<string, string> = new Map()) => (
      <TrainingPage
        page={page}
        view={await trainingView(visit)}
        sent={sent}
        trouble={trouble}
        faults={faults}
      />
    );
    if (sent.chosen.length === 0) return again(trainings.noneChosen);
    const { items, unread } = attendeesIn(sent);
    if (unread.length > 0)
      return again(trainings.refused, new Map(unread.map((id) => [id, trainings.hoursFault])));
    const decision = form.text('decision') === 'reject' ? 'reject' : 'confirm';
    const outcome = await answered(
      ask.json<EnrolmentsReviewed>({
        method: 'POST',
        path: ['trainings', part('id'), 'enrolments', 'review'],
        body: { decision, items, comment: sent.comment, correct: sent.correct },
      }),
    );
    if (!outcome.ok) {
      const { refusal } = outcome;
      const trouble = trainings.problems[refusal.code] ?? trainings.refused;
      return again(trouble, faultsOf(visit, sent, refusal));
    }
    const { changed, unchanged } = outcome.result;
    const path = `${trainingPath(part('id'))}${searchOf(page.query)}`;
    return goTo(path, { kind: 'good', text: trainings.decided(changed, unchanged) });
  });
}

/** Whose entry is at fault, and why. */
function faultsOf(
  { page }: Visit,
  { chosen }: SentAttendees,
  { faults }: Refusal,
): ReadonlyMap<string, string> {
  return new Map(
    faults.flatMap(({ path, message }) => {
      const learnerId = chosen[Number(path.split('/')[2] ?? Number.NaN)];
      return learnerId === undefined ? [] : [[learnerId, faultIn(page.language, message)] as const];
    }),
  );
}

/** What of the list is looked at, to come back to. */
function searchOf(query: URLSearchParams): string {
  const kept = new URLSearchParams([...query].filter(([name]) => name === 'state' || name === 'cursor'));
  return kept.size === 0 ? '' : `?${kept}`;
}

async function trainingView(visit: Visit): Promise<TrainingView> {
  const { page, ask, part, who } = visit;
  const path = ['trainings', part('id')];
  const training = await ask.json<Training>({ path });
  const isTheirs = who.org === undefined || who.org === training.organisationId;
  const asked = EnrolmentState.safeParse(page.query.get('state'));
  const state = asked.success ? asked.data : undefined;
  const cursor = page.query.get('cursor') ?? undefined;
  const { items, nextCursor } = isTheirs
    ? await ask.json<EnrolmentsPage>({
        path: [...path, 'enrolments'],
        query: { state, cursor, limit: onOnePage },
      })
    : { items: [], nextCursor: null };
  const personOf = await peopleOf(
    visit,
    items.map(({ learnerId }) => learnerId),
  );
  return { training, isTheirs, state, items, nextCursor, personOf, reviewer: who.sub };
}
