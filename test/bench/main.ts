import { parseArgs } from 'node:util';
import { cleanUpAll } from '../harness/index.ts';
import { benchCredits } from './credits.ts';
import { benchHeartbeats } from './heartbeats.ts';
import { benchPages } from './pages.ts';

/** `npm run bench -- [heartbeats|credits|pages] [--learners 10000] [--many 100000]`: all, or some of them. */
const { values, positionals } = parseArgs({
  options: {
    learners: { type: 'string', default: '10000' },
    /** Learners and courseware behind the lists of pages. */
    many: { type: 'string', default: '100000' },
  },
  allowPositionals: true,
});
const learners = Number(values.learners);
if (!Number.isInteger(learners) || learners < 100) throw new Error('--learners is a whole number from 100');
const many = Number(values.many);
if (!Number.isInteger(many) || many < 1_000) throw new Error('--many is a whole number from 1000');
const benches = {
  heartbeats: benchHeartbeats,
  credits: () => benchCredits(learners),
  pages: () => benchPages(many),
};

for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  try {
    await bench();
  } finally {
    await cleanUpAll();
  }
}
