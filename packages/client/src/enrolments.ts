import type {
  Enrolment,
  EnrolmentState,
  EnrolmentsReviewed,
  Preview,
  RegisterAttendance,
  ReviewEnrolments,
} from '@watchledger/contract';
import { csvBody, type Requests } from './requests.ts';
import type { Created } from './tags.ts';

/**
 * Who takes part in a training. Enrolling credits nothing: a reviewer (`review`) of the institute that holds it
 * confirms who took part (R11). `enrol` and `cancelEnrolment` need the learner's own token (`watch`).
 */
export interface EnrolmentsClient {
  /** While enrolment is open and there are places; again, it changes nothing. */
  enrol(trainingId: string): Promise<{ readonly enrolment: Enrolment } & Created>;
  /** Takes one's own enrolment back, until somebody has decided about it. */
  cancelEnrolment(trainingId: string): Promise<void>;
  /** Who is enrolled, in the order of learner ids; needs `review`. */
  listEnrolments(trainingId: string, search?: { readonly state?: EnrolmentState }): AsyncIterable<Enrolment>;
  /** The trainings of the token's own learner, or for `review` of headquarters of anybody. */
  enrolmentsOfLearner(learnerId?: string): AsyncIterable<Enrolment>;

  /** Confirms or rejects: all of the `items` or none. What somebody else has decided needs `correct`. */
  reviewEnrolments(trainingId: string, review: ReviewEnrolments): Promise<EnrolmentsReviewed>;
  /** What that decision would change, without deciding. */
  previewEnrolments(trainingId: string, review: ReviewEnrolments): Promise<Preview>;
  /**
   * Registers and confirms at once, also those who never enrolled: as items with seconds, or a text of CSV with hours.
   * @example registerAttendance('t-1', { items: [{ learnerId: 'u-17', onlineSeconds: 3600 }] })
   * @example registerAttendance('t-1', 'learnerId,onlineHours,offlineHours\nu-17,1,1h30m\n')
   */
  registerAttendance(
    trainingId: string,
    attendance: RegisterAttendance | string,
  ): Promise<EnrolmentsReviewed>;
  /** What that would change, and who has something else that may be the same event, without registering. */
  previewAttendance(trainingId: string, attendance: RegisterAttendance | string): Promise<Preview>;
}

export const enrolmentsClient = ({ send, json, tagged, items }: Requests): EnrolmentsClient => ({
  enrol: async (trainingId) => {
    const { body: enrolment, created } = await tagged<Enrolment>({
      method: 'POST',
      path: ['trainings', trainingId, 'enrolments'],
    });
    return { enrolment, created };
  },
  cancelEnrolment: async (trainingId) => {
    await send({ method: 'DELETE', path: ['trainings', trainingId, 'enrolments', 'mine'] });
  },
  listEnrolments: (trainingId, search) =>
    items({ path: ['trainings', trainingId, 'enrolments'], query: { ...search } }),
  enrolmentsOfLearner: (learnerId) => items({ path: ['enrolments'], query: { learnerId } }),

  reviewEnrolments: (trainingId, review) =>
    json({ method: 'POST', path: ['trainings', trainingId, 'enrolments', 'review'], body: review }),
  previewEnrolments: (trainingId, review) =>
    json({
      method: 'POST',
      path: ['trainings', trainingId, 'enrolments', 'review'],
      query: { preview: true },
      body: review,
    }),
  registerAttendance: (trainingId, attendance) =>
    json({
      method: 'POST',
      path: ['trainings', trainingId, 'attendance'],
      body: attendance,
      headers: typeof attendance === 'string' ? csvBody : {},
    }),
  previewAttendance: (trainingId, attendance) =>
    json({
      method: 'POST',
      path: ['trainings', trainingId, 'attendance'],
      query: { preview: true },
      body: attendance,
      headers: typeof attendance === 'string' ? csvBody : {},
    }),
});
