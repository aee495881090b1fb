import type { ApiDeps } from '@watchledger/api';
import type { Readiness } from '@watchledger/contract';
import * as product from '@watchledger/usecases';

type UseCases = ApiDeps['useCases'];

export interface Contexts {
  readonly viewing: product.ViewingContext;
  readonly credits: product.CreditsContext;
  readonly courseware: product.CoursewareContext;
  readonly ready: () => Promise<Readiness>;
}

/** Gives the routes what the product does, each use-case bound to its context. */
export function bindUseCases({ viewing, credits, courseware, ready }: Contexts): UseCases {
  return {
    viewing: {
      openSession: (input) => product.openSession(viewing, input),
      heartbeat: (input) => product.heartbeat(viewing, input),
      endSession: (input) => product.endSession(viewing, input),
      endSessionByToken: (input) => product.endSessionByToken(viewing, input),
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
    operations: { ready },
  };
}
