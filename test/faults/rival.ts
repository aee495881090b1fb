import type { OpenedSession, ProblemDocument } from '@watchledger/contract';
import { type Answer, api, type TestService } from '../harness/index.ts';

/** Another device of a learner tries to open a session. */
export function openElsewhere(
  service: TestService,
  learnerId: string,
): Promise<Answer<OpenedSession | ProblemDocument>> {
  const rival = api(service.url, service.token({ sub: learnerId, scope: 'watch' }));
  return rival.post('/v1/sessions', { coursewareId: 'demo-document', clientId: 'another-device' });
}
