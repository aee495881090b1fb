import { parseArgs } from 'node:util';
import { cleanUpAll } from '../harness/index.ts';
import { type StoreKind, storeKinds } from '../stores/kinds.ts';
import { type FaultFigures, runFaultLoop, say } from './fault-loop.ts';
import { type FaultName, faultNames, faults } from './faults.ts';

/**
 * `npm run faults -- [--rounds 50] [--stores postgres-redis] [--fault process]`: every fault on all stores it
 * concerns, or only the named; exits with 1 if anything was lost, doubled or credited in parallel.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    stores: { type: 'string' },
    fault: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1_000) throw new Error('--rounds is 1 to 1000');
const kinds = chosen('--stores', storeKinds, values.stores);
const names = chosen('--fault', faultNames, values.fault);

interface Row {
  readonly kind: StoreKind;
  readonly fault: FaultName;
  readonly processes: number;
}

const rows: Row[] = kinds.flatMap((kind) =>
  names
    .filter((fault) => fault === 'process' || kind === 'postgres-redis')
    .map((fault) => ({ kind, fault, processes: kind === 'postgres-redis' ? 3 : 1 })),
);

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const table: string[] = [];
for (const row of rows) {
  console.log(`\n${faults[row.fault]().title}, ${row.kind}, processes: ${row.processes}`);
  try {
    const figures = await runFaultLoop({ ...row, rounds, tell: (line) => console.log(line) });
    for (const broken of figures.broken) console.log(`broken: ${broken}`);
    table.push(inTable(row, figures));
    if (!isClean(figures)) process.exitCode = 1;
  } finally {
    await cleanUpAll();
  }
}
console.log(`\n${header()}\n${table.join('\n')}`);

function chosen<Name extends string>(option: string, all: readonly Name[], named: string | undefined) {
  if (named === undefined) return all;
  const name = all.find((each) => each === named);
  if (name === undefined) throw new Error(`${option} is one of ${all.join(', ')}`);
  return [name];
}

function isClean({ lostMs, doubledMs, parallelMs, honestLossMs, broken }: FaultFigures): boolean {
  return lostMs + doubledMs + parallelMs + honestLossMs + broken.length === 0;
}

function header(): string {
  return `${'fault'.padEnd(48)}${'stores'.padEnd(16)}processes  rounds  heartbeats  rivals 409  healed in  audit, and what struck`;
}

function inTable({ kind, fault, processes }: Row, figures: FaultFigures): string {
  const { rounds, acknowledged, rivals, slowestHealMs, struck } = figures;
  const blows = Object.entries(struck).map(([blow, times]) => `${times} × ${blow}`);
  const broken = figures.broken.length === 0 ? [] : [`broken ${figures.broken.length}`];
  return [
    faults[fault]().title.padEnd(48),
    kind.padEnd(16),
    String(processes).padStart(9),
    String(rounds).padStart(8),
    String(acknowledged).padStart(12),
    String(rivals.refused).padStart(12),
    `${Math.ceil(slowestHealMs)} ms`.padStart(11),
    `  ${[say(figures), ...broken, ...blows].join(', ')}`,
  ].join('');
}
