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
