import { setTimeout as pause } from 'node:timers/promises';
import type { StoreKind } from '../stores/kinds.ts';
import { type Audit, auditCredits, auditDatabase, clean, sum } from './audit.ts';
import { startFaultSite } from './fault-site.ts';
import { type FaultName, faults } from './faults.ts';
import { createLearners, type Learner, silentFor, watchTogether } from './learner.ts';
import { openElsewhere } from './rival.ts';

export interface FaultLoopOptions {
  readonly kind: StoreKind;
  readonly fault: FaultName;
  readonly rounds: number;
  readonly processes?: number;
  /** Told of every round as it is over. */
  readonly tell?: (line: string) => void;
}

/** The sums of all audits. */
export interface FaultFigures extends Audit {
  readonly rounds: number;
  /** Heartbeats answered 200. */
  readonly acknowledged: number;
}

const learnerCount = 20;
const longestPeaceMs = 300;
/** Within so long everybody's heartbeats must succeed again. */
const healMs = 30_000;

/**
 * Lets a fault strike in the middle of heartbeats, openings and endings, again and again, and audits each time the
 * database that is left, and the credits that a back end reads when everybody is served again.
 */
export async function runFaultLoop({
  kind,
  fault: name,
  rounds,
  processes = 1,
  tell = () => {},
}: FaultLoopOptions): Promise<FaultFigures> {
  const site = await startFaultSite({ kind, processes });
  const fault = faults[name]();
  const learners = createLearners(site, learnerCount);
  const acknowledged = () => learners.reduce((whole, learner) => whole + learner.acknowledged, 0);
  const classroom = watchTogether(learners);
  let figures = clean;

  for (let round = 1; round <= rounds; round += 1) {
    const peaceMs = Math.round(Math.random() * longestPeaceMs);
    await pause(peaceMs);
    await fault.strike(site);
    if (fault.sparesDatabase) figures = sum([figures, await auditDatabase(site.databaseUrl, learners)]);
    await fault.heal(site);
    const parallel = await Promise.all(learners.filter(keepsWatching).map(({ id }) => letIn(id)));
    const silent = await silentFor(healMs, learners);
    figures = sum([
      figures,
      ...parallel,
      { ...clean, broken: silent.map((id) => `${id} was answered no heartbeat after round ${round}`) },
      await auditDatabase(site.databaseUrl, learners),
      await auditCredits(site, learners),
    ]);
    tell(`round ${round}: struck after ${peaceMs} ms, heartbeats ${acknowledged()}, ${say(figures)}`);
  }

  await classroom.stop();
  figures = sum([
    figures,
    await auditDatabase(site.databaseUrl, learners),
    await auditCredits(site, learners),
  ]);
  await Promise.all(site.services.map((service) => service.stop()));
  return { rounds, acknowledged: acknowledged(), ...figures };

  /** Another device of somebody who watches must stay out, whatever the lock has forgotten (R3). */
  async function letIn(id: string): Promise<Audit> {
    const { status } = await openElsewhere(site, id);
    const kept = status === 409 || status === 503;
    return kept ? clean : { ...clean, broken: [`${id}: a parallel opening was answered ${status}`] };
  }
}

/** Has a session, and never ends it. */
function keepsWatching({ restless, viewings }: Learner): boolean {
  return !restless && viewings.length > 0;
}

export function say({ lostMs, doubledMs, parallelMs, honestLossMs }: Audit): string {
  const [lost, doubled, parallel, honest] = [lostMs, doubledMs, parallelMs, honestLossMs].map(Math.ceil);
  return `lost ms ${lost}, doubled ms ${doubled}, parallel ms ${parallel}, honest loss ms ${honest}`;
}
