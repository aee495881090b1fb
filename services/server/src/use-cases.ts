import type { ApiDeps } from '@watchledger/api';
import type { Readiness } from '@watchledger/contract';
import * as product from '@watchledger/usecases';

type UseCases = ApiDeps['useCases'];

export interface Contexts {
  readonly viewing: product.SupervisionContext;
  readonly credits: product.CreditsContext;
  readonly courseware: product.CoursewareContext;
  readonly office: OfficeContext;
  /** The same, with what exports read. */
  readonly exports: OfficeContext;
  readonly ready: () => Promise<Readiness>;
}

/** Everything that the use-cases of offices need together. */
export type OfficeContext = product.PeopleContext &
  product.ActivitiesContext &
  product.TrainingsContext &
  product.ExamsContext &
  product.NoticesContext &
  product.RecordContext &
  product.StatisticsContext &
  product.YearsContext &
  product.PreviewContext &
  product.AuditContext;

/** Gives the routes what the product does, each use-case bound to its context. */
export function bindUseCases({ viewing, credits, courseware, office, exports, ready }: Contexts): UseCases {
  return {
    viewing: {
      openSession: (input) => product.openSession(viewing, input),
      heartbeat: (input) => product.heartbeat(viewing, input),
      endSession: (input) => product.endSession(viewing, input),
      endSessionByToken: (input) => product.endSessionByToken(viewing, input),
      endSessionAsAdmin: (input) => product.endSessionAsAdmin(viewing, input),
      activeSessions: (input) => product.activeSessions(viewing, input),
      currentSession: (input) => product.currentSession(viewing, input),
    },
    credits: {
      learnerCredits: (input) => product.learnerCredits(credits, input),
      pageOfCredits: (input) => product.pageOfCredits(credits, input),
      streamCredits: (input) => product.streamCredits(credits, input),
      learnerSessions: (input) => product.learnerSessions(credits, input),
      sessionTimeline: (input) => product.sessionTimeline(credits, input),
    },
    courseware: {
      putCourseware: (input) => product.putCourseware(courseware, input),
      patchCourseware: (input) => product.patchCourseware(courseware, input),
      getCourseware: (input) => product.getCourseware(courseware, input),
      deleteCourseware: (input) => product.deleteCourseware(courseware, input),
      listCourseware: (input) => product.listCourseware(courseware, input),
      coursewareChanges: (input) => product.coursewareChanges(courseware, input),
      importCourseware: (input) => product.importCourseware(courseware, input),
    },
    office: {
      putOrganisation: (input) => product.putOrganisation(office, input),
      getOrganisation: (input) => product.getOrganisation(office, input),
      listOrganisations: (input) => product.listOrganisations(office, input),
      putLearner: (input) => product.putLearner(office, input),
      getLearner: (input) => product.getLearner(office, input),
      listLearners: (input) => product.listLearners(office, input),
      me: (input) => product.me(office, input),
      importLearners: (input) => product.importLearners(office, input),
      namesOf: (input) => product.namesOf(exports, input),
      declareActivity: (input) => product.declareActivity(office, input),
      patchActivity: (input) => product.patchActivity(office, input),
      submitActivity: (input) => product.submitActivity(office, input),
      withdrawActivity: (input) => product.withdrawActivity(office, input),
      getActivity: (input) => product.getActivity(office, input),
      listActivities: (input) => product.listActivities(office, input),
      reviewActivity: (input) => product.reviewActivity(office, input),
      importHistory: (input) => product.importHistory(office, input),
      uploadEvidence: (input) => product.uploadEvidence(office, input),
      readEvidence: (input) => product.readEvidence(office, input),
      describeEvidence: (input) => product.describeEvidence(office, input),
      putTraining: (input) => product.putTraining(office, input),
      deleteTraining: (input) => product.deleteTraining(office, input),
      getTraining: (input) => product.getTraining(office, input),
      listTrainings: (input) => product.listTrainings(office, input),
      trainingTerms: () => product.trainingTerms(office),
      importTrainings: (input) => product.importTrainings(office, input),
      enrol: (input) => product.enrol(office, input),
      cancelEnrolment: (input) => product.cancelEnrolment(office, input),
      rateTraining: (input) => product.rateTraining(office, input),
      enrolmentsOfLearner: (input) => product.enrolmentsOfLearner(office, input),
      decideEnrolments: (input) => product.decideEnrolments(office, input),
      listEnrolments: (input) => product.listEnrolments(office, input),
      putExam: (input) => product.putExam(office, input),
      unreadNotices: (input) => product.unreadNotices(office, input),
      readNotices: (input) => product.readNotices(office, input),
      learnerRecord: (input) => product.learnerRecord(office, input),
      streamRecords: (input) => product.streamRecords(exports, input),
      statistics: (input) => product.statistics(exports, input),
      listYears: (input) => product.listYears(office, input),
      closeYear: (input) => product.closeYear(office, input),
      reopenYear: (input) => product.reopenYear(office, input),
      compareYear: (input) => product.compareYear(office, input),
      previewPutCourseware: (input) => product.previewPutCourseware(office, input),
      previewPatchCourseware: (input) => product.previewPatchCourseware(office, input),
      previewLimits: (input) => product.previewLimits(office, input),
      previewReview: (input) => product.previewReview(office, input),
      previewTraining: (input) => product.previewTraining(office, input),
      previewEnrolments: (input) => product.previewEnrolments(office, input),
      auditTrail: (input) => product.auditTrail(office, input),
    },
    operations: { ready },
  };
}
