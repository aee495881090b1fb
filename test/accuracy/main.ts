import { parseArgs } from 'node:util';
import { cleanUpAll } from '../harness/index.ts';
import { openLab } from './lab.ts';
import { type Found, stories } from './stories.ts';

/** `npm run accuracy -- [--story part-of-a-name]`: exits with 1 if a figure is further from the truth than 0.5 s. */
const { values } = parseArgs({ options: { story: { type: 'string', default: '' } } });
const LARGEST_ERROR_MS = 500;

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const isFound = (found: unknown): found is Found =>
  typeof found === 'object' && found !== null && 'truth' in found;
const seconds = (ms: number | null) => (ms === null ? '–' : (ms / 1_000).toFixed(2)).padStart(8);
const chosen = stories.filter(({ name }) => name.includes(values.story));
let worst = 0;
try {
  await using lab = await openLab();
  console.log(`${'story'.padEnd(42)}    truth      SDK  service    error  (s)`);
  for (const [nth, { name, play }] of chosen.entries()) {
    const visitor = lab.visitor(`story-${nth}`);
    const found = await play(visitor, lab).catch((reason: unknown) => reason);
    if (!isFound(found)) {
      console.log(`${name.padEnd(42)} failed: ${String(found).split('\n')[0]}`);
      process.exitCode = 1;
      continue;
    }
    const { truth, sdk } = found;
    const service = visitor.acceptedMs();
    const errors = [service, sdk ?? service].map((ms) => ms - truth);
    const error = errors.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most));
    worst = Math.max(worst, Math.abs(error));
    console.log(`${name.padEnd(42)} ${seconds(truth)} ${seconds(sdk)} ${seconds(service)} ${seconds(error)}`);
  }
} finally {
  await cleanUpAll();
}
console.log(`\n${chosen.length} stories, worst error ${(worst / 1_000).toFixed(2)} s`);
if (worst > LARGEST_ERROR_MS) process.exitCode = 1;
