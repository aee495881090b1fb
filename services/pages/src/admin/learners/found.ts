import type { CreditsPage, CreditsRow, Learner, LearnersPage } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';

export interface LearnerWithCredits {
  readonly learner: Learner;
  readonly credits: CreditsRow;
}

export interface FoundLearners {
  readonly items: readonly LearnerWithCredits[];
  readonly nextCursor: string | null;
}

export interface LearnersAsked {
  readonly query: string | undefined;
  readonly organisationId: string | undefined;
  readonly active: string | undefined;
  /** Absent: the present one. */
  readonly year: string | undefined;
  readonly belowGoal: boolean;
  readonly cursor: string | undefined;
}

const shownAtOnce = 25;
/** Who looks for the few below the goal among many that have reached it, is shown the next page after so many. */
const mostLookedAt = 500;

/** Learners with their figures of a year. Only some below the goal: looked for page by page, up to a few hundred. */
export async function findLearners(ask: Ask, asked: LearnersAsked): Promise<FoundLearners> {
  const { year, belowGoal, ...search } = asked;
  const items: LearnerWithCredits[] = [];
  let { cursor } = search;
  for (let looked = 0; ; looked += shownAtOnce) {
    const page: LearnersPage = await ask.json({
      path: ['learners'],
      query: { ...search, cursor, limit: shownAtOnce },
    });
    items.push(
      ...(await withCredits(ask, page.items, year)).filter(
        ({ credits }) => !belowGoal || credits.total.missingSeconds > 0,
      ),
    );
    const { nextCursor } = page;
    if (nextCursor === null || items.length >= shownAtOnce / 2 || looked >= mostLookedAt || !belowGoal)
      return { items, nextCursor };
    cursor = nextCursor;
  }
}

async function withCredits(
  ask: Ask,
  learners: readonly Learner[],
  year: string | undefined,
): Promise<LearnerWithCredits[]> {
  if (learners.length === 0) return [];
  const query = { year, learnerId: learners.map(({ learnerId }) => learnerId), limit: 200 };
  const { items } = await ask.json<CreditsPage>({ path: ['credits'], query });
  const creditsOf = new Map(items.map((row) => [row.learnerId, row]));
  return learners.flatMap((learner) => {
    const credits = creditsOf.get(learner.learnerId);
    return credits === undefined ? [] : [{ learner, credits }];
  });
}
