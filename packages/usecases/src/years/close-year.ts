import { type AccountingYear, Problem } from '@watchledger/contract';
import { CLOSING_STALE_MS, type Closing } from '@watchledger/ledger';
import { type Instant, instant } from '@watchledger/rules';
import { v7 as uuidv7 } from 'uuid';
import { type Officer, requireHeadquarters } from '../access/reviewer.ts';
import { presentYear } from '../credits/fold-learner.ts';
import { rfc3339 } from '../moments/rfc3339.ts';
import { unavailable, whileStoresAnswer } from '../stores/unavailable.ts';
import type { YearsContext } from './context.ts';
import { yearShape } from './shape.ts';
import { creditPolicy, foldedYear, inBatches, SnapshotSum } from './snapshot.ts';

export interface CloseYearInput extends Officer {
  readonly year: number;
  readonly reason?: string | undefined;
  /** Close it although something in it awaits a decision. */
  readonly leavePending?: boolean | undefined;
  /** Told of how many learners were looked at. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** So often it begins anew, where limits are changed while it goes on. */
const MOST_ATTEMPTS = 5;

/**
 * Freezes a past year for good (R8): what every learner, category and courseware is credited, and the policy. Repeated,
 * it changes nothing; broken off, it can be begun again.
 * @throws Problem `forbidden`, `year-closing`, `year-not-closable`, `unavailable`
 */
export async function closeYear(context: YearsContext, input: CloseYearInput): Promise<AccountingYear> {
  const { actor, organisationId, year, reason, onProgress } = input;
  requireHeadquarters({ organisationId });
  await context.policyInForce.demand();
  if (year >= presentYear(context)) throw new Problem('year-not-closable', `The year ${year} is not over.`);
  return whileStoresAnswer(async () => {
    const { years, now } = context;
    const known = yearShape(year, await years.years(), now());
    if (known.state === 'closed') return known;
    const closing = { year, attempt: uuidv7() };
    const by = () => ({ actor, at: now(), reason: reason ?? null });
    // Decisions must not be refused because a closing has failed, or its beginning was answered by nobody.
    const orAbandon = <Result>(step: Promise<Result>) =>
      step.catch(async (error) => {
        // Where the store is away, the closing is stale in a minute.
        await years.abandon(closing, by()).catch(() => {});
        throw error;
      });
    const terms = { policy: creditPolicy(context.policy), leavePending: input.leavePending ?? false };
    const begun = await orAbandon(years.begin(closing, terms, by()));
    if (begun.outcome === 'later-closed')
      throw new Problem(
        'year-not-closable',
        'A later year is closed, and so nothing can be dated in this one.',
      );
    if (begun.outcome === 'pending') throw awaitingDecision(begun);
    if (begun.outcome === 'closing') throw underWay(begun);
    if (begun.outcome === 'begun') await orAbandon(freezeAll(context, closing, by, onProgress));
    return yearShape(year, await years.years(), now());
  });
}

/** One closing goes on at a time. */
const underWay = ({ year, by, steppedAt }: { year: number; by: string; steppedAt: Instant }): Problem =>
  new Problem('year-closing', `"${by}" is closing the year ${year}: wait until that has ended.`, {
    closing: {
      year,
      by,
      lastStepAt: rfc3339(steppedAt),
      staleAt: rfc3339(instant(steppedAt + CLOSING_STALE_MS)),
    },
  });

/** What is closed undecided can never be decided: honest learners would lose it. */
const awaitingDecision = ({ activities, enrolments }: { activities: number; enrolments: number }): Problem =>
  new Problem(
    'year-not-closable',
    `${activities} activities and ${enrolments} enrolments await a decision. Decide them, or close with "leavePending": true.`,
    { pending: { activities, enrolments } },
  );

async function freezeAll(
  context: YearsContext,
  closing: Closing,
  by: () => { readonly actor: string; readonly at: Instant; readonly reason: string | null },
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  const { years, courseware, policyInForce, now } = context;
  const { year } = closing;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const sharedRevision = await courseware.sharedRevision();
    // A policy that another process has adopted meanwhile must not be missed.
    await policyInForce.demand(sharedRevision);
    const sum = new SnapshotSum(year, creditPolicy(context.policy));
    for await (const { frozen, done, openYear } of inBatches(foldedYear(context, year), now)) {
      if (openYear !== null)
        throw new Problem('year-not-closable', `The year ${openYear} has hours and is not closed.`, {
          openYear,
        });
      if ((await years.freeze(closing, frozen, now())) === 'overtaken') throw overtaken(year);
      sum.add(frozen);
      onProgress(done);
    }
    const snapshot = { learners: sum.learners, checksum: sum.checksum(), sharedRevision };
    const finished = await years.finish(closing, snapshot, by());
    if (finished === 'closed') return;
    if (finished === 'overtaken') throw overtaken(year);
    if ((await years.restart(closing, now())) === 'overtaken') throw overtaken(year);
  }
  throw unavailable('Limits are changed all the time: close it later.', 60);
}

const overtaken = (year: number): Problem =>
  new Problem('year-not-closable', `Somebody else is closing the year ${year}, or has reopened it.`);
