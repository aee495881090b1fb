import type { LearnerFacts } from '@watchledger/ledger';
import { defaultPolicy, foldSortedCredits, milliseconds } from '@watchledger/rules';
import { learnerCredits, streamCredits } from '@watchledger/usecases';
import { cpuMicroseconds } from './cpu.ts';
import { FACTS_EACH, learnerOf, YEAR } from './full-ledger.ts';
import { median } from './median.ts';
import { inPostgres, inSqlite, type StoreOfCredits } from './stores-of-credits.ts';
import { whileTurnsAreTimed } from './turns.ts';

const ROUNDS = 3;
const FOLDED_ALONE = 1_000;
const FOLDED_TIMES = 20;
const ASKED_ONE_BY_ONE = 1_000;
/** So much smaller is the ledger in PostgreSQL, where a bigger one costs each learner the same. */
const OF_THEM_IN_POSTGRES = 1 / 5;

/** Credits of everybody and of one, as the use-cases give them from each database, against a fold of facts in memory. */
export async function benchCredits(learners: number): Promise<void> {
  process.stderr.write(`ledgers of ${learners} learners, ${learners * FACTS_EACH} facts\n`);
  const stores = [await inSqlite(learners), await inPostgres(Math.ceil(learners * OF_THEM_IN_POSTGRES))];
  const measured = stores.map((store) => ({ store, ...nothingYet() }));
  // Whoever times turns is busy while a database elsewhere answers, so CPU is measured in streams of their own.
  for (const { store, turns } of measured) {
    const timed = await whileTurnsAreTimed(() => streamAll(store.context, store.learners));
    for (const turn of timed.turnsMs) turns.push(turn);
  }

  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    for (const { store, ...figures } of measured) await measure(store, figures);
  }

  for (const { store, all, fold, one, turns, memory } of measured) {
    console.log(
      `\n${`credits of ${store.learners} learners in ${store.name}`.padEnd(42)}   median      min      max`,
    );
    print('all of them, million facts/CPU s', all, 2);
    print('their fold alone, the same', fold, 2);
    print('one learner’s, CPU µs', one, 0);
    const [slowest = 0] = turns.toSorted((a, b) => b - a).slice(Math.floor(turns.length / 100));
    console.log(
      `a turn that heartbeats wait for: ${median(turns).toFixed(1)} ms, 99 of 100 at most ${slowest.toFixed(1)} ms`,
    );
    for (const { afterTenth, most } of memory)
      console.log(`memory: ${afterTenth} MB after a tenth of the learners, at most ${most} MB after that`);
  }
  console.log();
  for (const { store, all, fold, one } of measured) {
    const ratio = (name: string, value: number) =>
      console.log(`${`${store.name}: ${name}`.padEnd(52)}${value.toFixed(2).padStart(7)}`);
    ratio('credits of all / a million facts a second', median(all));
    ratio('credits of all / their fold alone', median(all) / median(fold));
    ratio('one learner’s credits / 1 ms', median(one) / 1_000);
  }
}

const nothingYet = () => ({
  all: [] as number[],
  fold: [] as number[],
  one: [] as number[],
  turns: [] as number[],
  memory: [] as MemoryOfStream[],
});

async function measure(
  { context, learners }: StoreOfCredits,
  { all, fold, one, memory }: ReturnType<typeof nothingYet>,
): Promise<void> {
  const streamed = await cpuOf(async () => {
    memory.push(await streamAll(context, learners));
  });
  all.push((learners * FACTS_EACH) / streamed);
  const { credits } = context;
  const sample = await credits.factsOf(await credits.learnerIds(null, FOLDED_ALONE));
  const folded = await cpuOf(async () => foldAll(sample));
  fold.push((sample.length * FACTS_EACH * FOLDED_TIMES) / folded);
  one.push((await cpuOf(() => askOneByOne(context, learners))) / ASKED_ONE_BY_ONE);
}

type Context = StoreOfCredits['context'];

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
