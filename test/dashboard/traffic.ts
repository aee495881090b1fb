import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedSession } from '@watchledger/contract';
import { createLearner } from '../faults/learner.ts';
import { api, type Deployment } from '../harness/index.ts';

/** A site on an ordinary day: many who watch, some who reload and pause, a few who try to cheat. */
export function keepBusy(site: Deployment, learners: number, paceMs: number) {
  const over = new AbortController();
  const honest = Array.from({ length: learners }, (_, n) =>
    createLearner(site, { id: `u${n}`, restless: n % 3 === 1, pausing: n % 3 === 2, paceMs }),
  );
  const all = [
    ...honest.map(async (learner, n) => {
      await pause((n / learners) * paceMs);
      await learner.watch(over.signal);
    }),
    claimTwice(site, paceMs, over.signal),
    watchInParallel(site, paceMs, over.signal),
    readCredits(site, paceMs, over.signal),
  ];
  return {
    stop: async () => {
      over.abort();
      await Promise.all(all);
    },
  };
}

/** Claims two seconds for each that passes. */
async function claimTwice(site: Deployment, paceMs: number, over: AbortSignal): Promise<void> {
  const page = api(site.urls[0] ?? '', site.token({ sub: 'cheat', scope: 'watch' }));
  const { body } = await page.post<OpenedSession>('/v1/sessions', { coursewareId: 'demo-video' });
  const openedAt = performance.now();
  while (!over.aborted) {
    await pause(paceMs);
    const watchedMs = Math.floor(2 * (performance.now() - openedAt));
    await page.post(`/v1/sessions/${body.sessionId}/heartbeats`, { watchedMs, state: 'playing' });
  }
}

/** Tries again and again to open a second courseware. */
async function watchInParallel(site: Deployment, paceMs: number, over: AbortSignal): Promise<void> {
  const url = site.urls.at(-1) ?? '';
  const other = api(url, site.token({ sub: 'u0', scope: 'watch' }));
  while (!over.aborted) {
    await pause(paceMs);
    await other.post('/v1/sessions', { coursewareId: 'demo-document', clientId: 'elsewhere' });
  }
}

/** A back end that asks for hours. */
async function readCredits(site: Deployment, paceMs: number, over: AbortSignal): Promise<void> {
  const reader = api(site.urls[0] ?? '', site.token({ sub: 'lms', scope: 'credits:read' }));
  while (!over.aborted) {
    await pause(paceMs / 2);
    await reader.get('/v1/learners/u1/credits');
    await reader.get('/v1/credits');
  }
}
