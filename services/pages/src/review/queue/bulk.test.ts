import { WatchLedgerError } from '@watchledger/client';
import { expect, test } from 'vitest';
import type { Ask } from '../../site/ask.ts';
import { approveAll } from './bulk.ts';

const who = { sub: 'r-1', scope: 'review' } as never;
const chosen = ['a-1', 'a-2', 'a-3', 'a-4'].map((activityId) => ({ activityId, etag: '"1"' }));

/** An API that refuses to approve some activities, and what is read of these then. */
const apiThat = (refuses: Record<string, WatchLedgerError>, now: Record<string, object> = {}) =>
  ({
    send: async ({ path }: { path: string[] }) => {
      const refusal = refuses[path[1] ?? ''];
      if (refusal !== undefined) throw refusal;
    },
    json: async ({ path }: { path: string[] }) => {
      const found = now[path[1] ?? ''];
      if (found === undefined) throw new Error('not to be read');
      return found;
    },
  }) as unknown as Ask;

const error = (status: number, code: string) =>
  new WatchLedgerError(new Response(null, { status }), { code } as never);

test('once the service does not answer, what was done is told and the rest left', async () => {
  const ask = apiThat({ 'a-2': error(503, 'unavailable') });
  expect(await approveAll({ ask, who }, chosen)).toEqual([
    { activityId: 'a-1', done: true },
    { activityId: 'a-2', done: false, why: 'unanswered', now: null },
    { activityId: 'a-3', done: false, why: 'untried', now: null },
    { activityId: 'a-4', done: false, why: 'untried', now: null },
  ]);
});

test('sent twice in haste, it is approved once, and so it is told', async () => {
  const decided = { state: 'approved', seconds: 60, grantedSeconds: 60, comment: null };
  const ask = apiThat(
    { 'a-1': error(412, 'precondition-failed'), 'a-3': error(412, 'precondition-failed') },
    { 'a-1': { ...decided, decidedBy: 'r-1' }, 'a-3': { ...decided, decidedBy: 'r-2' } },
  );
  const outcomes = await approveAll({ ask, who }, chosen);
  expect(outcomes.map((outcome) => outcome.done || outcome.why)).toEqual([true, true, 'decided', true]);
});
