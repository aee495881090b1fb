import type { LearnerId } from '@watchledger/rules';
import { and, asc, desc, eq, gt, gte, isNull } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { first, rows, trace } from '../database/work.ts';
import { toSession } from '../viewing/rows.ts';
import type { SupervisionLedger } from './port.ts';

/** What admins see and do of the viewing of others. */
export function createSupervision(desk: Desk): SupervisionLedger {
  return {
    unsealed: ({ organisationId, seenSince, after, limit }) =>
      desk.read(function* ({ orm, tables: { sessions, learners, courseware } }) {
        const found = yield* rows(
          orm
            .select({
              session: sessions,
              name: learners.name,
              organisationId: learners.organisationId,
              title: courseware.title,
              kind: courseware.kind,
            })
            .from(sessions)
            .innerJoin(learners, eq(learners.learnerId, sessions.learnerId))
            .innerJoin(courseware, eq(courseware.coursewareId, sessions.coursewareId))
            .where(
              and(
                isNull(sessions.sealedAt),
                gte(sessions.lastReportAt, seenSince),
                after === null ? undefined : gt(sessions.learnerId, after),
                organisationId === null ? undefined : eq(learners.organisationId, organisationId),
              ),
            )
            .orderBy(asc(sessions.learnerId))
            .limit(limit),
        );
        return found.map(({ session, ...known }) => ({ session: toSession(session), ...known }));
      }),

    noteEnding: (sessionId, by) =>
      desk.command(function* ({ orm, tables: { sessions, audit } }) {
        const session = yield* first(
          orm
            .select({ learnerId: sessions.learnerId, sealedAt: sessions.sealedAt })
            .from(sessions)
            .where(eq(sessions.sessionId, sessionId)),
        );
        if (session === undefined || session.sealedAt !== null) return;
        const last = yield* first(
          orm
            .select({ actor: audit.actor, reason: audit.reason })
            .from(audit)
            .where(and(eq(audit.subjectKind, 'session'), eq(audit.subjectId, sessionId)))
            .orderBy(desc(audit.sequence))
            .limit(1),
        );
        if (last?.actor === by.actor && last.reason === by.reason) return;
        const changes = [{ field: 'state', from: 'active', to: 'ending' }];
        const subject = { kind: 'session', id: sessionId } as const;
        yield* trace([{ subject, learnerId: session.learnerId as LearnerId, action: 'ending', changes, by }]);
      }),
  };
}
