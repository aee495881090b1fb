import type { OpenedSession, Session } from '@watchledger/contract';
import type { Caller, Stage } from './stage.ts';
import { expectSame, tellStep } from './teller.ts';

/** Who watches, and for how long; a whole number of heartbeats. */
export interface Viewer {
  readonly caller: Caller;
  readonly minutes: number;
}

/** The pace that the service asks for. */
const heartbeatMs = 20_000;

/**
 * They open the courseware together, each reports every twenty seconds of the story's clock what was played, and ends.
 * What was accepted must be exactly what was watched.
 */
export async function watch(stage: Stage, coursewareId: string, viewers: readonly Viewer[]): Promise<void> {
  const { ask, clock } = stage;
  const quietly = viewers.length > 1 ? ({ quiet: true } as const) : {};
  const open = await Promise.all(
    viewers.map(async ({ caller, minutes }) => {
      const { body } = await ask<OpenedSession>(caller, 'POST /v1/sessions', {
        json: { coursewareId, clientId: `tab-${caller.name}` },
        status: 201,
        like: { state: 'active', heartbeatMs, watchedMs: 0 },
        says: ({ courseware }) =>
          `《${courseware.title}》 is open; its limit is ${courseware.limitSeconds} s`,
        ...quietly,
      });
      return { caller, beats: (minutes * 60_000) / heartbeatMs, path: `/v1/sessions/${body.sessionId}` };
    }),
  );
  const rounds = Math.max(...open.map(({ beats }) => beats));
  let answered = 0;
  for (let round = 1; round <= rounds; round += 1) {
    clock.pass(heartbeatMs);
    const watchedMs = round * heartbeatMs;
    await Promise.all(
      open.map(async ({ caller, beats, path }) => {
        if (round > beats) return;
        const report = { watchedMs, state: 'playing', position: watchedMs / 1_000 };
        await ask<Session>(caller, `POST ${path}/heartbeats`, { json: report, status: 200, quiet: true });
        answered += 1;
        if (round < beats) return;
        const { body } = await ask<Session>(caller, `POST ${path}/end`, {
          json: { watchedMs },
          status: 200,
          quiet: true,
        });
        expectSame(`${caller.name} has watched`, body.watchedMs, watchedMs);
      }),
    );
  }
  tellStep({
    when: clock.shown(),
    who: viewers.length === 1 ? (viewers[0]?.caller.name ?? '') : `${viewers.length} of them`,
    what: `${answered} × POST /v1/sessions/{id}/heartbeats`,
    outcome: '200',
    says: `one each ${heartbeatMs / 1_000} s, and ended: ${viewers.map(({ minutes }) => minutes).join(' ')} min accepted`,
  });
}
