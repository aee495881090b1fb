import { type PreviewLimits, type PreviewLine, Problem } from '@watchledger/contract';
import type { ChangedFact, LearnerFacts, Rehearsing } from '@watchledger/ledger';
import { type CoursewareId, type LearnerId, type Milliseconds, milliseconds } from '@watchledger/rules';
import { type ReviewActivityInput, reviewActivity } from '../activities/review-activity.ts';
import type { CoursewareContext } from '../courseware/context.ts';
import { type PatchCourseware, patchCourseware } from '../courseware/patch-courseware.ts';
import { type PutCourseware, putCourseware } from '../courseware/put-courseware.ts';
import type { TaggedCourseware } from '../courseware/shape.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';
import { type DecideEnrolments, decideEnrolments } from '../trainings/decide-enrolments.ts';
import { type PutTraining, putTraining } from '../trainings/keep-trainings.ts';
import type { PreviewContext } from './context.ts';
import { previewed, type Supposed, withFact } from './what-if.ts';

// A preview is the command itself, rehearsed: what refuses it refuses its preview, in the same words.

interface Named {
  /** Whether the reader may know whose credits change. */
  readonly named: boolean;
}

/** What replacing a courseware would change (R8). Throws what `putCourseware` throws. */
export const previewPutCourseware = (
  context: PreviewContext,
  { named, ...input }: PutCourseware & Named,
): AsyncGenerator<PreviewLine, void, void> =>
  previewCourseware(context, named, (rehearsed) => putCourseware(rehearsed, input));

/** What changing some fields of a courseware would change. Throws what `patchCourseware` throws. */
export const previewPatchCourseware = (
  context: PreviewContext,
  { named, ...input }: PatchCourseware & Named,
): AsyncGenerator<PreviewLine, void, void> =>
  previewCourseware(context, named, (rehearsed) => patchCourseware(rehearsed, input));

async function* previewCourseware(
  context: PreviewContext,
  named: boolean,
  change: (rehearsed: CoursewareContext) => Promise<TaggedCourseware>,
): AsyncGenerator<PreviewLine, void, void> {
  const answer = await whileStoresAnswer(() =>
    context.courseware.rehearse((rehearsed) =>
      answerOf(change({ ...context, courseware: { ...context.courseware, ...rehearsed } })),
    ),
  );
  const { courseware } = answer();
  const limitMs = milliseconds(courseware.limitSeconds * 1_000);
  yield* previewOfLimits(context, new Map([[courseware.coursewareId as CoursewareId, limitMs]]), named);
}

/**
 * What new limits of several courseware would change together: a cap that is full takes them once.
 * Throws Problem `unavailable`; courseware that is not there changes nothing.
 */
export const previewLimits = (
  context: PreviewContext,
  { items, named }: PreviewLimits & Named,
): AsyncGenerator<PreviewLine, void, void> => {
  const limits = items.map(
    ({ coursewareId, limitSeconds }) =>
      [coursewareId as CoursewareId, milliseconds(limitSeconds * 1_000)] as const,
  );
  return previewOfLimits(context, new Map(limits), named);
};

/** What limits of some courseware would change together: of those who have watched any of it. */
async function* previewOfLimits(
  context: PreviewContext,
  limits: ReadonlyMap<CoursewareId, Milliseconds>,
  named: boolean,
): AsyncGenerator<PreviewLine, void, void> {
  const concerned = new Set<LearnerId>();
  for (const coursewareId of limits.keys()) {
    const watchers = await whileStoresAnswer(() => context.concerned.watchersOf(coursewareId));
    for (const learnerId of watchers) concerned.add(learnerId);
  }
  yield* previewed(context, {
    learnerIds: [...concerned],
    named,
    organisationId: null,
    change: (known) => (isAsPresent(limits, known) ? known : withLimits(known, limits)),
  });
}

const isAsPresent = (
  limits: ReadonlyMap<CoursewareId, Milliseconds>,
  { courseware }: Pick<LearnerFacts, 'courseware'>,
): boolean => [...limits].every(([id, limitMs]) => (courseware.get(id)?.limitMs ?? limitMs) === limitMs);

/** The terms are shared by all learners, and many: other limits are laid over them. */
const withLimits = (
  { courseware, ...known }: LearnerFacts,
  limits: ReadonlyMap<CoursewareId, Milliseconds>,
): Supposed => ({
  ...known,
  courseware: {
    get: (id) => {
      const terms = courseware.get(id);
      const limitMs = limits.get(id);
      return terms === undefined || limitMs === undefined ? terms : { ...terms, limitMs };
    },
  },
});

/** What a decision about an activity would change. Throws what `reviewActivity` throws. */
export async function* previewReview(
  context: PreviewContext,
  input: ReviewActivityInput,
): AsyncGenerator<PreviewLine, void, void> {
  const about = { kind: 'activity', id: input.id } as const;
  const { changed } = await rehearsed(context, about, (office) => reviewActivity(office, input));
  yield* previewOfFacts(context, about, changed, input);
}

/** What other hours of a training would change for those who are confirmed. Throws what `putTraining` throws. */
export async function* previewTraining(
  context: PreviewContext,
  input: PutTraining,
): AsyncGenerator<PreviewLine, void, void> {
  const about = { kind: 'training', id: input.id } as const;
  const { changed } = await rehearsed(context, about, (office) => putTraining(office, input));
  yield* previewOfFacts(context, about, changed, input);
}

/** What a decision about attendees would change. Throws what `decideEnrolments` throws. */
export async function* previewEnrolments(
  context: PreviewContext,
  input: DecideEnrolments,
): AsyncGenerator<PreviewLine, void, void> {
  const about = { kind: 'training', id: input.id } as const;
  const { changed, done } = await rehearsed(context, about, (office) => decideEnrolments(office, input));
  for await (const line of previewOfFacts(context, about, changed, input))
    yield 'end' in line ? { ...line, similar: done.similar } : line;
}

/** What a command would do, and of which facts it would make others. Throws what the command throws. */
async function rehearsed<Done>(
  context: PreviewContext,
  about: Rehearsing,
  command: (context: PreviewContext) => Promise<Done>,
): Promise<{ readonly done: Done; readonly changed: readonly ChangedFact[] }> {
  const { result: answer, changed } = await whileStoresAnswer(() =>
    context.rehearsals.rehearse(about, context.calendar, (office) =>
      answerOf(command({ ...context, ...office })),
    ),
  );
  return { done: answer(), changed };
}

/** A refusal is an answer, too, and no failure of the store that is watched. */
const answerOf = <Done>(command: Promise<Done>): Promise<() => Done> =>
  command.then(
    (done) => () => done,
    (error) => {
      if (!(error instanceof Problem) || error.code === 'unavailable') throw error;
      return () => {
        throw error;
      };
    },
  );

function previewOfFacts(
  context: PreviewContext,
  about: Rehearsing,
  changed: readonly ChangedFact[],
  { organisationId }: { readonly organisationId: string | null },
): AsyncGenerator<PreviewLine, void, void> {
  const factOf = new Map(changed.map(({ learnerId, fact }) => [learnerId, fact]));
  return previewed(context, {
    learnerIds: [...factOf.keys()],
    organisationId,
    change: (known) => withFact(known, about, factOf.get(known.learnerId) ?? null),
  });
}
