import { Exam, PutExam } from '@watchledger/contract';
import { jsonAnswer, type Operation } from '../http/operation.ts';

export const putExam = {
  method: 'post',
  path: '/v1/exams',
  tag: 'Exams',
  scope: 'review',
  summary: 'Report the result of a learner in an exam',
  description:
    'By exam and learner: told again, it replaces the result before. Exams are counted in the record.',
  body: PutExam,
  answers: { 200: jsonAnswer('Replaced.', Exam), 201: jsonAnswer('Kept.', Exam) },
  problems: ['learner-not-found', 'year-closed'],
} as const satisfies Operation;
