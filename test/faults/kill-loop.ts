import { setTimeout as pause } from 'node:timers/promises';
import { startRedis, startService } from '../harness/index.ts';
import { type Audit, auditCredits, auditDatabase, clean, sum } from './audit.ts';
import { createLearners, type Learner, silentFor, watchTogether } from './learner.ts';
import { openElsewhere } from './rival.ts';

export interface KillLoopOptions {
  readonly rounds: number;
  readonly lock: 'local' | 'redis';
  /** Told of every round as it is over. */
  readonly tell?: (line: string) => void;
}

/** The sums of all audits: two a round, and two at the end. */
export interface KillLoopFigures extends Audit {
  readonly rounds: number;
  readonly kills: number;
  /** Heartbeats answered 200. */
  readonly acknowledged: number;
}

const learnerCount = 20;
const longestLifeMs = 300;
/** Within so long everybody's heartbeats must succeed again. */
const healMs = 15_000;

/**
 * Kills the service in the middle of heartbeats, openings and endings, again and again, and audits after each
 * kill the database that it left, and after each start the credits that a back end reads.
 */
export async function runKillLoop({
  rounds,
  lock,
  tell = () => {},
}: KillLoopOptions): Promise<KillLoopFigures> {
  const env: Record<string, string> = lock === 'redis' ? { REDIS_URL: (await startRedis()).url } : {};
  const service = await startService({ env });
  const learners = createLearners(service, learnerCount);
  const acknowledged = () => learners.reduce((sum, learner) => sum + learner.acknowledged, 0);
  const classroom = watchTogether(learners);
  let figures = clean;
  let kills = 0;

  for (let round = 1; round <= rounds; round += 1) {
    const lifeMs = Math.round(Math.random() * longestLifeMs);
    await pause(lifeMs);
    const { signal } = await service.kill();
    if (signal !== 'SIGKILL') throw new Error(`the service ended by itself:\n${service.logs()}`);
    kills += 1;
    const onDisk = auditDatabase(service.databaseFile, learners);
    await service.restart();
    const parallel = await Promise.all(learners.filter(keepsWatching).map(({ id }) => letIn(id)));
    const shown = await auditCredits(service, learners);
    figures = sum([figures, onDisk, shown, ...parallel]);
    tell(
      `round ${round}: killed after ${lifeMs} ms, acknowledged heartbeats ${acknowledged()}, ${say(figures)}`,
    );
  }

  const silent = await silentFor(healMs, learners);
  await classroom.stop();
  figures = sum([
    figures,
    { ...clean, broken: silent.map((id) => `${id} was answered no heartbeat after the last start`) },
    auditDatabase(service.databaseFile, learners),
    await auditCredits(service, learners),
  ]);
  await service.stop();
  return { rounds, kills, acknowledged: acknowledged(), ...figures };

  /** Another device of somebody who watches must stay out, whatever the lock has forgotten (R3). */
  async function letIn(id: string): Promise<Audit> {
    const { status } = await openElsewhere(service, id);
    const kept = status === 409 || status === 503;
    return kept ? clean : { ...clean, broken: [`${id}: a parallel opening was answered ${status}`] };
  }
}

/** Has a session, and never ends it. */
function keepsWatching({ restless, viewings }: Learner): boolean {
  return !restless && viewings.length > 0;
}

export function say({ lostMs, doubledMs, honestLossMs }: Audit): string {
  const [lost, doubled, honest] = [lostMs, doubledMs, honestLossMs].map(Math.ceil);
  return `lost ms ${lost}, doubled ms ${doubled}, honest loss ms ${honest}`;
}
