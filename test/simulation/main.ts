import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Credits } from '@watchledger/contract';
import { auditCredits, auditDatabase, clean, sum } from '../faults/audit.ts';
import { say } from '../faults/fault-loop.ts';
import { startFaultSite } from '../faults/fault-site.ts';
import { type FaultName, faults } from '../faults/faults.ts';
import { createLearner, type Learner, silentFor, watchTogether } from '../faults/learner.ts';
import { type Decision, insistElsewhere } from '../faults/rival.ts';
import { api, cleanUpAll } from '../harness/index.ts';
import { auditOverCredit } from './over-credit.ts';

/**
 * `npm run simulate -- [--learners 2000] [--minutes 3]`: from nothing, three processes, a Redis Cluster of three
 * primaries with a replica each, and PostgreSQL. Learners watch over HTTP while a process, a Redis primary and
 * PostgreSQL are killed (kill -9) one after the other; then the ledger is compared with what the learners know
 * themselves.
 */
const { values } = parseArgs({
  options: { learners: { type: 'string', default: '2000' }, minutes: { type: 'string', default: '3' } },
});
const count = wholeNumber('--learners', values.learners, 20_000);
const minutes = wholeNumber('--minutes', values.minutes, 60);

/** A limit that many reach within the run, so that credits are really cut. */
const limitSeconds = 30 * minutes;
const heartbeatMs = 10_000;
/** Nobody's class begins in one second: learners come in so many groups, in so long. */
const arrivals = 100;
const arrivingMs = 30_000;
const healMs = 60_000;

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  process.exitCode = (await simulate()) ? 0 : 1;
} finally {
  await cleanUpAll();
}

async function simulate(): Promise<boolean> {
  const startedAt = performance.now();
  tell('starting PostgreSQL, a Redis Cluster and three processes');
  const policy = { heartbeat: `${heartbeatMs}ms`, lock: '90s' };
  const site = await startFaultSite({ kind: 'postgres-redis', processes: 3, policy });
  const admin = api(site.urls[0] ?? '', site.token({ sub: 'admin', scope: 'courseware:write' }));
  const limited = await admin.patch('/v1/courseware/demo-video', { limitSeconds });
  if (limited.status !== 200) throw new Error(`the limit was not set: ${JSON.stringify(limited.body)}`);

  const learners = Array.from({ length: count }, (_, n) =>
    createLearner(site, {
      id: `u${n}`,
      restless: n % 3 === 1,
      pausing: n % 3 === 2,
      paceMs: heartbeatMs,
    }),
  );
  const classrooms = [];
  tell(`${count} learners begin to watch`);
  for (const group of groupsOf(learners, Math.ceil(count / arrivals))) {
    classrooms.push(watchTogether(group));
    await pause(arrivingMs / arrivals);
  }

  const watchingMs = minutes * 60_000;
  const strikes: readonly FaultName[] = ['process', 'redis-primary', 'postgres'];
  const rivals: Decision[] = [];
  for (const name of strikes) {
    await watchFor(watchingMs / (strikes.length + 1), learners);
    const fault = faults[name]();
    tell(`${fault.title}`);
    const blow = await fault.strike(site);
    await fault.heal(site);
    tell(`${blow}, and back`);
    const watching = learners.filter(staysOpen).slice(0, 200);
    rivals.push(...(await Promise.all(watching.map(({ id }) => insistElsewhere(site, id, healMs)))));
  }
  await watchFor(watchingMs / (strikes.length + 1), learners);
  const silent = await silentFor(healMs, learners);
  await Promise.all(classrooms.map((classroom) => classroom.stop()));

  tell('comparing the ledger with what the learners know');
  const audit = sum([
    await auditDatabase(site.databaseUrl, learners),
    await auditCredits(site, learners),
    { ...clean, broken: silent.map((id) => `${id} was answered no heartbeat at the end`) },
  ]);
  const overCreditedMs = await auditOverCredit(site, learners, limitSeconds);
  const reader = api(site.urls[0] ?? '', site.token({ sub: 'lms', scope: 'credits:read' }));
  const { body: sample } = await reader.get<Credits>('/v1/learners/u0/credits');
  await Promise.all(site.services.map((service) => service.stop()));

  const answered = learners.reduce((whole, learner) => whole + learner.acknowledged, 0);
  const turnedAway = learners.reduce((whole, learner) => whole + learner.turnedAway.count, 0);
  const slowest = Math.max(...learners.map((learner) => learner.turnedAway.slowestMs));
  const sessions = learners.reduce((whole, { viewings }) => whole + viewings.length, 0);
  const admitted = rivals.filter(({ status }) => status === 201).length;
  const refused = rivals.filter(({ status }) => status === 409).length;
  const cameAgain = rivals.reduce((whole, rival) => whole + rival.turnedAway, 0);
  console.log(`
learners ${count}, sessions ${sessions}, heartbeats answered 200: ${answered}
told 503 and come again: ${turnedAway} (slowest after ${Math.round(slowest)} ms)
parallel openings tried ${rivals.length}: refused (409) ${refused}, let in (201) ${admitted}, told 503 and come again before ${cameAgain}
for example u0: watched ${sample.online.watchedSeconds} s, credited ${sample.online.creditedSeconds} s of ${limitSeconds} s
${say(audit)}, over-credited ms ${overCreditedMs}`);
  for (const broken of audit.broken.slice(0, 20)) console.log(`broken: ${broken}`);
  const { lostMs, doubledMs, parallelMs, honestLossMs, broken } = audit;
  const isClean = lostMs + doubledMs + parallelMs + honestLossMs + broken.length + overCreditedMs === 0;
  // Whoever was not let in must have been refused: 503 for good would prove nothing.
  return isClean && rivals.length > 0 && refused === rivals.length;

  function tell(line: string): void {
    console.log(
      `${Math.round((performance.now() - startedAt) / 1_000)
        .toString()
        .padStart(4)} s  ${line}`,
    );
  }

  async function watchFor(ms: number, all: readonly Learner[]): Promise<void> {
    const until = performance.now() + ms;
    while (performance.now() < until) {
      await pause(Math.min(15_000, until - performance.now()));
      const beats = all.reduce((whole, { acknowledged }) => whole + acknowledged, 0);
      tell(`heartbeats answered 200: ${beats}`);
    }
  }
}

function staysOpen({ restless, viewings }: Learner): boolean {
  return !restless && viewings.length > 0;
}

function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new Error(`${option} is 1 to ${most}`);
  return value;
}
