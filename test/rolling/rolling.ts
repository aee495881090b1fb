import { setTimeout as pause } from 'node:timers/promises';
import { type Audit, auditCredits, auditDatabase, sum } from '../faults/audit.ts';
import { createLearner, type Requests, watchTogether } from '../faults/learner.ts';
import { type Deployment, startService, type TestService } from '../harness/index.ts';
import type { StoreKind } from '../stores/kinds.ts';
import { type Stores, startStores } from '../stores/stores.ts';

/** How the processes are replaced. */
export const forms = ['workers', 'processes'] as const;
export type Form = (typeof forms)[number];

export interface RollingOptions {
  readonly kind: StoreKind;
  readonly form: Form;
  readonly learners: number;
  /** Rolling restarts, one after the other. */
  readonly rounds: number;
  /** Milliseconds from one answer to the next heartbeat. */
  readonly paceMs: number;
  readonly tell?: (line: string) => void;
}

export interface RollingFigures extends Audit, Requests {
  /** Heartbeats answered 200. */
  readonly acknowledged: number;
}

/** Lets learners watch while every process is replaced, and audits what they were told. */
export async function rollingRestart(options: RollingOptions): Promise<RollingFigures> {
  const { kind, form, rounds, paceMs, tell = () => {} } = options;
  const site = await sites[form](await startStores(kind));
  const learners = Array.from({ length: options.learners }, (_, n) =>
    createLearner(site, { id: `u${n}`, restless: n % 4 === 3, paceMs, loyal: true }),
  );
  const classroom = watchTogether(learners);
  const answered = () => learners.reduce((whole, { requests }) => whole + requests.answered, 0);
  await pause(2 * paceMs);
  for (let round = 1; round <= rounds; round += 1) {
    await site.replaceAll();
    await pause(2 * paceMs);
    tell(`round ${round}: requests answered ${answered()}`);
  }
  await classroom.stop();
  const audit = sum([await auditDatabase(site.databaseUrl, learners), await auditCredits(site, learners)]);
  await site.stop();
  return {
    ...audit,
    answered: answered(),
    retriedOnce: learners.reduce((whole, { requests }) => whole + requests.retriedOnce, 0),
    retriedMore: learners.reduce((whole, { requests }) => whole + requests.retriedMore, 0),
    acknowledged: learners.reduce((whole, { acknowledged }) => whole + acknowledged, 0),
  };
}

interface RollingSite extends Deployment {
  readonly databaseUrl: string;
  replaceAll(): Promise<void>;
  stop(): Promise<void>;
}

const sites: Readonly<Record<Form, (stores: Stores) => Promise<RollingSite>>> = {
  workers: workersAtOnePort,
  processes: processesBehindABalancer,
};

const replacedWithinMs = 120_000;
const lookMs = 50;

/** One machine: its workers replace each other when it gets a SIGHUP. */
async function workersAtOnePort({ env }: Stores): Promise<RollingSite> {
  const service = await startService({ env, args: ['--workers', '2'] });
  let replaced = 0;
  return {
    ...partsOf([service]),
    async replaceAll() {
      replaced += 1;
      service.signal('SIGHUP');
      const giveUpAt = performance.now() + replacedWithinMs;
      while (service.logs().split('all workers are replaced').length <= replaced) {
        if (performance.now() > giveUpAt) throw new Error(`not replaced:\n${service.logs()}`);
        await pause(lookMs);
      }
    },
  };
}

/** Three machines: each is stopped and started again while the others serve. */
async function processesBehindABalancer({ env }: Stores): Promise<RollingSite> {
  const services = [
    await startService({ env }),
    ...(await Promise.all([1, 2].map(() => startService({ env })))),
  ];
  return {
    ...partsOf(services),
    async replaceAll() {
      for (const service of services) {
        await service.stop();
        await service.restart();
      }
    },
  };
}

function partsOf(services: readonly TestService[]): Omit<RollingSite, 'replaceAll'> {
  const [first] = services;
  if (first === undefined) throw new Error('there is no process');
  return {
    urls: services.map(({ url }) => url),
    token: first.token,
    databaseUrl: first.databaseUrl,
    async stop() {
      const endings = await Promise.all(services.map((service) => service.stop()));
      if (endings.some(({ code }) => code !== 0)) throw new Error(`not stopped well:\n${first.logs()}`);
    },
  };
}
