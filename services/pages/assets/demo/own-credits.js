import { watchToken } from './watch-token.js';

/**
 * What the learner has earned online this year, before anything is played; undefined if nobody answers.
 * @param {string} learnerId
 * @returns {Promise<import('@watchledger/sdk').Session['online'] | undefined>}
 */
export async function onlineCredits(learnerId) {
  try {
    const headers = { Authorization: `Bearer ${await watchToken()}` };
    const answer = await fetch(`/v1/learners/${encodeURIComponent(learnerId)}/credits`, { headers });
    if (!answer.ok) return undefined;
    const { year, online } = await answer.json();
    return { year, ...online };
  } catch {
    return undefined;
  }
}
