import type { DeclareActivity, TrainingFields } from '@watchledger/contract';
import { declareActivity, reviewActivity } from '../activities/index.ts';
import { putLearner, putOrganisation } from '../people/index.ts';
import { decideEnrolments, putTraining } from '../trainings/index.ts';
import type { Office } from './office.ts';

export const HOUR = 3_600;
/** Headquarters' reviewer. */
export const hq = { actor: 'reviewer', organisationId: null } as const;

/** For tests: an activity of some hours on a day, as a learner declares it. */
export const declared = (
  given: Partial<DeclareActivity> & { readonly hours?: number } = {},
): DeclareActivity => {
  const { hours = 1, ...fields } = given;
  return {
    category: 'self-study',
    title: 'A book',
    from: '2026-01-05',
    to: '2026-01-05',
    seconds: hours * HOUR,
    ...fields,
  };
};

/** For tests: declares and approves an activity; answers its id. */
export async function approved(
  office: Office,
  learnerId: string,
  activity: DeclareActivity,
  grantedSeconds?: number,
): Promise<string> {
  const { activity: stored } = await declareActivity(office, { learnerId, declared: activity, draft: false });
  await reviewActivity(office, {
    ...hq,
    id: stored.activityId,
    review: { decision: 'approve', grantedSeconds },
  });
  return stored.activityId;
}

/** For tests: a training of one day with these hours. */
export const training = (
  given: Partial<TrainingFields> & { readonly online?: number; readonly offline?: number } = {},
): TrainingFields => {
  const { online = 0, offline = 4, ...fields } = given;
  return {
    title: 'A training',
    kind: 'training',
    form: '混合培训',
    category: '其他培训',
    organiser: '金属研究所',
    place: '沈阳',
    onlineSeconds: online * HOUR,
    offlineSeconds: offline * HOUR,
    startsAt: '2026-02-01T09:00:00+08:00',
    endsAt: '2026-02-01T17:00:00+08:00',
    enrolUntil: '2026-12-31T00:00:00+08:00',
    ...fields,
  };
};

/** For tests: registers a training and confirms these learners. */
export async function held(
  office: Office,
  id: string,
  fields: TrainingFields,
  learners: readonly string[],
): Promise<void> {
  await putTraining(office, { ...hq, id, fields });
  const items = learners.map((learnerId) => ({ learnerId }));
  await decideEnrolments(office, { ...hq, id, decision: 'confirm', items, registering: true });
}

/** For tests: an institute with its learners. */
export async function institute(office: Office, id: string, learners: readonly string[]): Promise<void> {
  await putOrganisation(office, { ...hq, id, name: `Institute ${id}` });
  for (const learnerId of learners)
    await putLearner(office, {
      ...hq,
      id: learnerId,
      fields: { name: `Name of ${learnerId}`, organisationId: id },
    });
}
