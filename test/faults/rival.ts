import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession, ProblemDocument } from '@watchledger/contract';
import { type Answer, api, type Deployment } from '../harness/index.ts';

/** Another device of a learner tries to open a session. */
export function openElsewhere(
  { urls: [url = ''], token }: Deployment,
  learnerId: string,
): Promise<Answer<OpenedSession | ProblemDocument>> {
  const rival = api(url, token({ sub: learnerId, scope: 'watch' }));
  return rival.post('/v1/sessions', { coursewareId: 'demo-document', clientId: 'another-device' });
}

/** What a rival was told in the end, and how often it was told to come again (503) before that. */
export interface Decision {
  readonly status: number;
  readonly turnedAway: number;
}

const comeAgainMs = 100;

/** The same, coming again until it is told something else than 503, or until `ms` have passed. */
export async function insistElsewhere(
  deployment: Deployment,
  learnerId: string,
  ms: number,
): Promise<Decision> {
  const giveUpAt = performance.now() + ms;
  for (let turnedAway = 0; ; turnedAway += 1) {
    const { status } = await openElsewhere(deployment, learnerId);
    if (status !== 503 || performance.now() > giveUpAt) return { status, turnedAway };
    await pause(comeAgainMs);
  }
}
