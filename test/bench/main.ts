import { parseArgs } from 'node:util';
import { cleanUp } from '../harness/index.ts';
import { benchCredits } from './credits.ts';
import { benchHeartbeats } from './heartbeats.ts';

/** `npm run bench -- [heartbeats|credits] [--learners 10000]`: both, or one of them. */
const { values, positionals } = parseArgs({
  options: { learners: { type: 'string', default: '10000' } },
  allowPositionals: true,
});
const learners = Number(values.learners);
if (!Number.isInteger(learners) || learners < 100) throw new Error('--learners is a whole number from 100');
const benches = { heartbeats: benchHeartbeats, credits: () => benchCredits(learners) };

for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  try {
    await bench();
  } finally {
    await cleanUp();
  }
}
