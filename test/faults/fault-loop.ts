import { setTimeout as pause } from 'node:timers/promises';
import type { StoreKind } from '../stores/kinds.ts';
import { type Audit, auditCredits, auditDatabase, clean, sum } from './audit.ts';
import { startFaultSite } from './fault-site.ts';
import { type FaultName, faults } from './faults.ts';
import { createLearners, type Learner, silentFor, watchTogether } from './learner.ts';
import { insistElsewhere } from './rival.ts';

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
  /** What was seen to break, and how often. */
  readonly struck: Readonly<Record<string, number>>;
  /** Heartbeats answered 200. */
  readonly acknowledged: number;
  /** Openings by other devices that were refused (409) in the end, and how often they were told 503 before. */
  readonly rivals: { readonly refused: number; readonly turnedAway: number };
  /** The longest that it took until everybody's heartbeats succeeded again. */
  readonly slowestHealMs: number;
}

const learnerCount = 20;
const longestPeaceMs = 300;
/**
 * Within so long everybody's heartbeats must succeed again. What takes longest to give up is a statement on a
 * connection that says nothing (5 s); thrice that, as no clock is promised on a machine that is busy with other tests.
 */
const healMs = 15_000;

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
  const struck: Record<string, number> = {};
  const rivals = { refused: 0, turnedAway: 0 };
  let figures = clean;
  let slowestHealMs = 0;

  for (let round = 1; round <= rounds; round += 1) {
    const peaceMs = Math.round(Math.random() * longestPeaceMs);
    await pause(peaceMs);
    const blow = await fault.strike(site);
    struck[blow] = (struck[blow] ?? 0) + 1;
    if (fault.sparesDatabase) figures = sum([figures, await auditDatabase(site.databaseUrl, learners)]);
    await fault.heal(site);
    const healedAt = performance.now();
    const parallel = Promise.all(learners.filter(keepsWatching).map(({ id }) => letIn(id)));
    const silent = await silentFor(healMs, learners);
    slowestHealMs = Math.max(slowestHealMs, performance.now() - healedAt);
    figures = sum([
      figures,
      ...(await parallel),
      { ...clean, broken: silent.map((id) => `${id} was answered no heartbeat after round ${round}`) },
      await auditDatabase(site.databaseUrl, learners),
      await auditCredits(site, learners),
    ]);
    tell(`round ${round}: ${blow} after ${peaceMs} ms, heartbeats ${acknowledged()}, ${say(figures)}`);
  }

  await classroom.stop();
  figures = sum([
    figures,
    await auditDatabase(site.databaseUrl, learners),
    await auditCredits(site, learners),
  ]);
  await Promise.all(site.services.map((service) => service.stop()));
  return { rounds, struck, acknowledged: acknowledged(), rivals, slowestHealMs, ...figures };

  /** Another device of somebody who watches must stay out, whatever the lock has forgotten (R3). */
  async function letIn(id: string): Promise<Audit> {
    const { status, turnedAway } = await insistElsewhere(site, id, healMs);
    rivals.turnedAway += turnedAway;
    if (status !== 409) return { ...clean, broken: [`${id}: a parallel opening was answered ${status}`] };
    rivals.refused += 1;
    return clean;
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
