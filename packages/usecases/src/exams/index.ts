export { type ExamsContext, putExam } from './put-exam.ts';
