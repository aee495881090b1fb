import { creditsRows } from '../faults/audit.ts';
import type { Witness } from '../faults/learner.ts';
import { api, type Deployment } from '../harness/index.ts';

/** Milliseconds credited beyond min(what was really watched, the courseware's limit), of all learners together. */
export async function auditOverCredit(
  { urls: [url = ''], token }: Deployment,
  learners: readonly Witness[],
  limitSeconds: number,
): Promise<number> {
  const reader = api(url, token({ sub: 'lms', scope: 'credits:read' }));
  const { body } = await reader.get<string>('/v1/credits', { Accept: 'application/x-ndjson' });
  const rows = creditsRows(body);
  const credited = new Map(rows.map((row) => [row.learnerId, row.online.creditedSeconds]));
  return learners.reduce((whole, { id, viewings }) => {
    const watchedMs = viewings.reduce(
      (sum, viewing) => sum + viewing.lastAnswerAt - viewing.openSentAt - viewing.pausedMs,
      0,
    );
    const due = Math.min(watchedMs, 1_000 * limitSeconds);
    return whole + Math.max(0, 1_000 * (credited.get(id) ?? 0) - due);
  }, 0);
}
