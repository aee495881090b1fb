export { getTraining, listTrainings, trainingTerms } from './browse-trainings.ts';
export type { TrainingsContext } from './context.ts';
export { decideEnrolments, listEnrolments } from './decide-enrolments.ts';
export { cancelEnrolment, enrol, enrolmentsOfLearner, rateTraining } from './enrol.ts';
export { deleteTraining, importTrainings, putTraining, type TrainingRow } from './keep-trainings.ts';
export type { TaggedTraining } from './shape.ts';
