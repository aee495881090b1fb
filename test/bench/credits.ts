import { join } from 'node:path';
import {
  createGroupCommit,
  createOffice,
  createSqliteCourseware,
  createSqliteCredits,
  createSqliteDesk,
  createSqlitePolicies,
  createSqliteViewing,
  type LearnerFacts,
  openSqlite,
} from '@watchledger/ledger';
import { createCalendar, defaultPolicy, foldSortedCredits, instant, milliseconds } from '@watchledger/rules';
import { createPolicyInForce, learnerCredits, streamCredits } from '@watchledger/usecases';
import { temporaryFolder } from '../harness/index.ts';
import { cpuMicroseconds } from './cpu.ts';
import { FACTS_EACH, learnerOf, makeFullLedger, YEAR } from './full-ledger.ts';
import { median } from './median.ts';
import { whileTurnsAreTimed } from './turns.ts';

const ROUNDS = 3;
const FOLDED_ALONE = 1_000;
const FOLDED_TIMES = 20;
const ASKED_ONE_BY_ONE = 1_000;

/** Credits of everybody and of one, as the use-cases give them from a SQLite ledger, against a fold of facts in memory. */
export async function benchCredits(learners: number): Promise<void> {
  process.stderr.write(`a ledger of ${learners} learners, ${learners * FACTS_EACH} facts\n`);
  const file = join(temporaryFolder(), 'watchledger.db');
  makeFullLedger(file, learners);
  const context = creditsOf(file);
  await streamAll(context, learners);

  const all: number[] = [];
  const fold: number[] = [];
  const one: number[] = [];
  const turns: number[] = [];
  const memory: MemoryOfStream[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    const streamed = await cpuOf(async () => {
      const timed = await whileTurnsAreTimed(() => streamAll(context, learners));
      memory.push(timed.result);
      turns.push(...timed.turnsMs);
    });
    all.push((learners * FACTS_EACH) / streamed);
    const { credits } = context;
    const sample = await credits.factsOf(await credits.learnerIds(null, FOLDED_ALONE));
    const folded = await cpuOf(async () => foldAll(sample));
    fold.push((sample.length * FACTS_EACH * FOLDED_TIMES) / folded);
    one.push((await cpuOf(() => askOneByOne(context, learners))) / ASKED_ONE_BY_ONE);
  }

  console.log(`\n${`credits of ${learners} learners`.padEnd(36)}   median      min      max`);
  print('all of them, million facts/CPU s', all, 2);
  print('their fold alone, the same', fold, 2);
  print('one learner’s, CPU µs', one, 0);
  const [slowest = 0] = turns.sort((a, b) => b - a).slice(Math.floor(turns.length / 100));
  console.log(
    `a turn that heartbeats wait for: ${median(turns).toFixed(1)} ms, 99 of 100 at most ${slowest.toFixed(1)} ms`,
  );
  for (const { afterTenth, most } of memory)
    console.log(`memory: ${afterTenth} MB after a tenth of the learners, at most ${most} MB after that`);
  console.log(`\ncredits of all / a million facts a second:   ${median(all).toFixed(2)}`);
  console.log(`credits of all / their fold alone:           ${(median(all) / median(fold)).toFixed(2)}`);
  console.log(`one learner’s credits / 1 ms:                ${(median(one) / 1_000).toFixed(2)}`);
}

type Context = ReturnType<typeof creditsOf>;

/** What the service wires, without the service. */
function creditsOf(file: string) {
  const policy = defaultPolicy;
  const calendar = createCalendar(policy.timeZone);
  const writer = openSqlite({ file, migrate: true });
  const reader = openSqlite({ file, readOnly: true });
  const courseware = createSqliteCourseware(writer);
  const now = () => instant(Date.UTC(YEAR, 11, 1));
  return {
    credits: createSqliteCredits(writer, calendar, reader),
    viewing: createSqliteViewing(writer, createGroupCommit(writer.client, { maxWaiting: 1 })),
    people: createOffice(createSqliteDesk(writer)).people,
    policy,
    calendar,
    policyInForce: createPolicyInForce({ policies: createSqlitePolicies(writer), courseware, policy }),
    now,
    lockTime: async () => now(),
  };
}

interface MemoryOfStream {
  readonly afterTenth: number;
  readonly most: number;
}

async function streamAll(context: Context, learners: number): Promise<MemoryOfStream> {
  let streamed = 0;
  let afterTenth = 0;
  let most = 0;
  for await (const _ of streamCredits(context, { year: YEAR })) {
    streamed += 1;
    if (streamed === Math.floor(learners / 10)) afterTenth = residentMegabytes();
    else if (afterTenth > 0 && streamed % 100 === 0) most = Math.max(most, residentMegabytes());
  }
  if (streamed !== learners) throw new Error(`${streamed} of ${learners} learners were streamed`);
  return { afterTenth, most };
}

function foldAll(sample: readonly LearnerFacts[]): void {
  for (let time = 0; time < FOLDED_TIMES; time += 1) {
    for (const { facts, courseware, closedYears } of sample) {
      foldSortedCredits(facts, {
        policy: defaultPolicy,
        limitOf: (coursewareId) => courseware.get(coursewareId)?.limitMs ?? milliseconds(0),
        closedYears,
      });
    }
  }
}

async function askOneByOne(context: Context, learners: number): Promise<void> {
  for (let nth = 0; nth < ASKED_ONE_BY_ONE; nth += 1)
    await learnerCredits(context, {
      learnerId: learnerOf(nth % learners),
      year: YEAR,
      allowedCourseware: null,
    });
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = cpuMicroseconds(process.pid);
  await work();
  return cpuMicroseconds(process.pid) - before;
}

const residentMegabytes = () => Math.round(process.memoryUsage.rss() / 1e6);

function print(name: string, measured: readonly number[], digits: number): void {
  const column = (value: number) => value.toFixed(digits).padStart(9);
  const range = [median(measured), Math.min(...measured), Math.max(...measured)].map(column).join('');
  console.log(`${name.padEnd(36)}${range}`);
}
