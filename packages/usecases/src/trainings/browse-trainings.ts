import type { TrainingKind, TrainingsPage, TrainingTerms } from '@watchledger/contract';
import { dayNumber, instant, type LearnerId, parseDay } from '@watchledger/rules';
import { cursorOf, isMomentAndTrainingId } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import type { TrainingsContext } from './context.ts';
import { trainingNotFound } from './refusals.ts';
import { type TaggedTraining, taggedTraining, trainingShape } from './shape.ts';

/** Who looks at trainings. */
export interface TrainingViewer {
  /** Whose own enrolments are shown; null: the caller is no learner. */
  readonly viewer: string | null;
}

/** @throws Problem `training-not-found`, `unavailable` */
export async function getTraining(
  { trainings, now }: TrainingsContext,
  { id, viewer }: TrainingViewer & { readonly id: string },
): Promise<TaggedTraining> {
  const shown = await whileStoresAnswer(() => trainings.shown(id, viewer as LearnerId | null));
  if (shown === null) throw trainingNotFound(id);
  return taggedTraining(shown, now());
}

export interface ListTrainingsInput extends TrainingViewer {
  /** The institute of who asks, where the token says it. */
  readonly organisationId: string | null;
  readonly query?: string | undefined;
  readonly kind?: TrainingKind | undefined;
  readonly type?: string | undefined;
  readonly category?: string | undefined;
  readonly organiser?: string | undefined;
  readonly source?: 'own' | 'other' | undefined;
  /** Days `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly open?: boolean | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

const cursors = cursorOf('trainings', isMomentAndTrainingId);

/** Trainings, the newest event first. */
export async function listTrainings(
  { trainings, people, calendar, now }: TrainingsContext,
  input: ListTrainingsInput,
): Promise<TrainingsPage> {
  const { viewer, source, from, to, open, limit, cursor } = input;
  const [endsAt, trainingId] = cursors.decode(cursor) ?? [];
  const learnerId = viewer as LearnerId | null;
  const at = now();
  return whileStoresAnswer(async () => {
    const ofRoster =
      source === undefined || input.organisationId !== null || learnerId === null
        ? null
        : ((await people.learner(learnerId))?.organisationId ?? null);
    const search = {
      query: input.query ?? null,
      kind: input.kind ?? null,
      type: input.type ?? null,
      category: input.category ?? null,
      organiser: input.organiser ?? null,
      source:
        source === undefined
          ? null
          : { organisationId: input.organisationId ?? ofRoster, own: source === 'own' },
      endsFrom: from === undefined ? null : calendar.startOf(parseDay(from)),
      startsBefore: to === undefined ? null : calendar.startOf(dayNumber(parseDay(to) + 1)),
      open: open === undefined ? null : { at, yes: open },
      after:
        endsAt === undefined || trainingId === undefined ? null : { endsAt: instant(endsAt), trainingId },
      limit: limit + 1,
    };
    const found = await trainings.list(search, learnerId);
    return pageOf(
      found,
      limit,
      (shown) => trainingShape(shown, at),
      (last) => cursors.encode([last.training.endsAt, last.training.trainingId]),
    );
  });
}

/**
 * The words that trainings are filed under, for choosing among them.
 * @throws Problem `unavailable`
 */
export async function trainingTerms({
  trainings,
}: Pick<TrainingsContext, 'trainings'>): Promise<TrainingTerms> {
  const { types, categories } = await whileStoresAnswer(() => trainings.terms());
  return { types: [...types], categories: [...categories] };
}
