import { parseArgs } from 'node:util';
import { cleanUp } from '../harness/index.ts';
import { runKillLoop, say } from './kill-loop.ts';

/** `npm run faults -- [--rounds 50] [--lock local|redis]`: exits with 1 if anything was lost or doubled. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    lock: { type: 'string', default: 'local' },
  },
});
const rounds = Number(values.rounds);
const { lock } = values;
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1_000) throw new Error('--rounds is 1 to 1000');
if (lock !== 'local' && lock !== 'redis') throw new Error('--lock is local or redis');

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  const figures = await runKillLoop({ rounds, lock, tell: (line) => console.log(line) });
  for (const broken of figures.broken) console.log(`broken: ${broken}`);
  console.log(
    `rounds ${figures.rounds}, kills ${figures.kills}, acknowledged heartbeats ${figures.acknowledged}, ${say(figures)}`,
  );
  const { lostMs, doubledMs, honestLossMs, broken } = figures;
  process.exitCode = lostMs + doubledMs + honestLossMs + broken.length === 0 ? 0 : 1;
} finally {
  await cleanUp();
}
