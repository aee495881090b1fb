import { parseArgs } from 'node:util';
import { cleanUpAll } from '../harness/index.ts';
import { storeKinds } from '../stores/kinds.ts';
import { forms, type RollingFigures, rollingRestart } from './rolling.ts';

/**
 * `npm run rolling -- [--stores postgres-redis] [--learners 100] [--rounds 2]`: learners watch while every process is
 * replaced; exits with 1 if a request had to be sent more than twice, or anything was lost or doubled.
 */
const { values } = parseArgs({
  options: {
    stores: { type: 'string', default: 'postgres-redis' },
    learners: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '2' },
  },
});
const kind = storeKinds.find((each) => each === values.stores && each !== 'sqlite-local');
if (kind === undefined) throw new Error('--stores is sqlite-redis or postgres-redis');
const learners = wholeNumber('--learners', values.learners, 5_000);
const rounds = wholeNumber('--rounds', values.rounds, 1_000);

const titles = {
  workers: '2 workers at one port, SIGHUP',
  processes: '3 processes, SIGTERM and start again',
};

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const table: string[] = [];
for (const form of forms) {
  console.log(`\n${titles[form]}, ${kind}, ${learners} learners`);
  try {
    const figures = await rollingRestart({
      kind,
      form,
      learners,
      rounds,
      paceMs: 500,
      tell: (line) => console.log(line),
    });
    for (const broken of figures.broken.slice(0, 20)) console.log(`broken: ${broken}`);
    table.push(inTable(titles[form], figures));
    if (!isClean(figures)) process.exitCode = 1;
  } finally {
    await cleanUpAll();
  }
}
console.log(
  `\n${'rolling restart'.padEnd(40)} requests  heartbeats 200  retried once  more  lost ms  doubled ms  honest loss ms`,
);
console.log(table.join('\n'));

function isClean({
  retriedMore,
  lostMs,
  doubledMs,
  parallelMs,
  honestLossMs,
  broken,
}: RollingFigures): boolean {
  return retriedMore + lostMs + doubledMs + parallelMs + honestLossMs + broken.length === 0;
}

function inTable(title: string, figures: RollingFigures): string {
  const { answered, acknowledged, retriedOnce, retriedMore, lostMs, doubledMs, honestLossMs } = figures;
  const cells: [number, number][] = [
    [answered, 9],
    [acknowledged, 16],
    [retriedOnce, 14],
    [retriedMore, 6],
    [lostMs, 9],
    [doubledMs, 12],
    [honestLossMs, 16],
  ];
  return (
    title.padEnd(40) + cells.map(([figure, width]) => String(Math.ceil(figure)).padStart(width)).join('')
  );
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new Error(`${option} is 1 to ${most}`);
  return value;
}
