import type { Session } from '@watchledger/contract';
import { coursewareOfThisYear } from './courseware.ts';
import type { Offices } from './offices.ts';
import type { TourLearner } from './people.ts';

const heartbeatMs = 20_000;

/** Some who study right now, until the tour ends; one of them has paused. Answers with what ends it. */
export async function studyNow(offices: Offices, learners: readonly TourLearner[]): Promise<() => void> {
  const open = await Promise.all(
    learners
      .filter(({ active }) => active)
      .slice(5, 11)
      .map(async ({ learnerId }, nth) => {
        const own = offices.as(learnerId);
        const { body } = await own.post<Session>('/v1/sessions', {
          coursewareId: coursewareOfThisYear(nth).id,
          clientId: 'tour',
        });
        return { learnerId, sessionId: body.sessionId, paused: nth === 5, watchedMs: 0 };
      }),
  );
  const report = async (each: (typeof open)[number]) => {
    if (!each.paused) each.watchedMs += heartbeatMs;
    const { watchedMs, paused, learnerId, sessionId } = each;
    const state = paused ? 'paused' : 'playing';
    await offices.as(learnerId).post(`/v1/sessions/${sessionId}/heartbeats`, { watchedMs, state });
  };
  const beating = setInterval(() => {
    for (const each of open) report(each).catch(() => {});
  }, heartbeatMs);
  return () => clearInterval(beating);
}
