import { type Exam, Problem, type PutExam } from '@watchledger/contract';
import type { ExamsLedger, PeopleLedger, StoredExam } from '@watchledger/ledger';
import { formatDay, type Instant, type LearnerId, parseDay } from '@watchledger/rules';
import { type Officer, requireTheirs } from '../access/reviewer.ts';
import { whileStoresAnswer } from '../stores/unavailable.ts';

/** What the use-case of exams needs. */
export interface ExamsContext {
  readonly exams: ExamsLedger;
  readonly people: Pick<PeopleLedger, 'learner'>;
  readonly now: () => Instant;
}

/**
 * Keeps the result of a learner in an exam; told again, it replaces the one before.
 * @throws Problem `forbidden`, `learner-not-found`, `year-closed`, `unavailable`
 */
export async function putExam(
  context: ExamsContext,
  { actor, organisationId, exam }: Officer & { readonly exam: PutExam },
): Promise<{ readonly exam: Exam; readonly created: boolean }> {
  if (exam.learnerId === actor) throw new Problem('forbidden', 'Nobody reports their own exams.');
  const stored: StoredExam = {
    examId: exam.examId,
    learnerId: exam.learnerId as LearnerId,
    title: exam.title,
    takenOn: parseDay(exam.takenOn),
    passed: exam.passed,
    score: exam.score == null ? null : Math.round(exam.score * 100),
  };
  return whileStoresAnswer(async () => {
    await requireTheirs(context, organisationId, exam.learnerId);
    const outcome = await context.exams.put(stored, { actor, at: context.now() });
    if (outcome === 'year-closed')
      throw new Problem('year-closed', 'Its year is closed: nothing may be dated in it any more.');
    return { exam: examShape(stored), created: outcome === 'created' };
  });
}

export const examShape = ({ examId, learnerId, title, takenOn, passed, score }: StoredExam): Exam => ({
  examId,
  learnerId,
  title,
  takenOn: formatDay(takenOn),
  passed,
  score: score === null ? null : score / 100,
});
