import { defaultPolicy, type LearnerId, parsePolicy } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { learnerCredits } from '../credits/learner-credits.ts';
import { pageOfCredits } from '../credits/page-of-credits.ts';
import { openOffice } from '../testing/office.ts';
import { currentSession } from '../viewing/current-session.ts';
import { endSession } from '../viewing/end-session.ts';
import { heartbeat } from '../viewing/heartbeat.ts';
import { openSession } from '../viewing/open-session.ts';
import { createViewingBench } from '../viewing/testing/viewing-bench.ts';
import { adoptPolicy } from './adopt-policy.ts';
import { createPolicyInForce } from './policy-in-force.ts';

const changed = parsePolicy({ categories: { online: { cap: '40h' } } });
const outdated = {
  code: 'unavailable',
  detail: expect.stringMatching(/outdated policy.*must be restarted/),
  members: { retryAfterSeconds: 10 },
};
const startWith = (policy: typeof defaultPolicy) => ({ policy, adopt: true, actor: 'operator' });

describe('R9: a process whose policy is no longer in force', () => {
  test('says so for credits, until its own policy is in force again', async () => {
    const office = await openOffice();
    const ask = () => learnerCredits(office, { learnerId: 'u1', allowedCourseware: null });
    await adoptPolicy(office, startWith(defaultPolicy));
    await ask();
    await adoptPolicy(office, startWith(changed));
    await expect(ask()).rejects.toMatchObject(outdated);
    await expect(ask()).rejects.toMatchObject(outdated);
    await expect(pageOfCredits(office, { limit: 10 })).rejects.toMatchObject(outdated);
    await adoptPolicy(office, startWith(defaultPolicy));
    expect(await ask()).toMatchObject({ online: { capSeconds: 180_000 } });
  });

  test('accepts nothing more by its own terms, but lets pages end', async () => {
    const bench = await createViewingBench();
    const { context, clock } = bench;
    const adopt = (policy: typeof defaultPolicy) =>
      adoptPolicy({ policies: bench.policies, now: () => clock.now }, startWith(policy));
    await adopt(defaultPolicy);
    await bench.putCourseware('A', 7_200_000);
    const learnerId = 'u1' as LearnerId;
    const page = { learnerId, coursewareId: 'A', allowedCourseware: null };
    const { session } = await openSession(context, page);
    const beat = (watchedMs: number) => {
      clock.advance(20_000);
      const { sessionId } = session;
      return heartbeat(context, { ...page, sessionId, watchedMs, state: 'playing' });
    };
    expect(await beat(20_000)).toMatchObject({ watchedMs: 20_000 });

    await adopt(changed);
    await expect(beat(40_000)).rejects.toMatchObject(outdated);
    const row = await bench.rows.read(learnerId);
    await expect(beat(60_000)).rejects.toMatchObject(outdated);
    expect(await bench.rows.read(learnerId)).toBe(row);
    await expect(openSession(context, page)).rejects.toMatchObject(outdated);
    await expect(currentSession(context, page)).rejects.toMatchObject(outdated);
    const ended = await endSession(context, { ...page, sessionId: session.sessionId });
    expect(ended).toMatchObject({ state: 'ended' });
  });

  test('looks only when something that many depend on has changed', async () => {
    const office = await openOffice();
    await adoptPolicy(office, startWith(defaultPolicy));
    let looks = 0;
    const policies = {
      current: () => {
        looks += 1;
        return office.policies.current();
      },
    };
    const policyInForce = createPolicyInForce({ ...office, policies });
    await policyInForce.demand();
    await policyInForce.demand();
    expect(policyInForce.demand(await office.courseware.sharedRevision())).toBeUndefined();
    expect(looks).toBe(1);
    await office.put('film', 10);
    await policyInForce.demand();
    expect(looks).toBe(2);
    expect(policyInForce.isOutdated()).toBe(false);
  });

  test('is also one that meets the policy of a newer release', async () => {
    const office = await openOffice();
    const by = { actor: 'newer', at: office.now(), reason: null };
    await office.policies.adopt('{"colour":"red"}', null, [], by);
    await expect(office.policyInForce.demand()).rejects.toMatchObject(outdated);
  });
});
