import type { Exam, PutExam } from '@watchledger/contract';
import type { Requests } from './requests.ts';
import type { Created } from './tags.ts';

/** Results of exams: they earn no hours and are counted in the record. Needs `review`. */
export interface ExamsClient {
  /** The result of a learner in an exam; told again, it replaces the one before. */
  putExam(result: PutExam): Promise<{ readonly exam: Exam } & Created>;
}

export const examsClient = ({ tagged }: Requests): ExamsClient => ({
  putExam: async (result) => {
    const { body: exam, created } = await tagged<Exam>({ method: 'POST', path: ['exams'], body: result });
    return { exam, created };
  },
});
