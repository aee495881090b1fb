import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession } from 'playwright';
import { openLab } from '../accuracy/lab.ts';
import { cleanUpAll } from '../harness/index.ts';

/**
 * `npm run profile`: how much of a page's main thread the SDK takes while a video plays, as Chromium's own profiler
 * sees it. Exits with 1 if it is a thousandth or more.
 */
const MINUTE_MS = 60_000;
const SAMPLE_US = 100;
const LARGEST_SHARE = 0.001;

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

/** A profile as `Profiler.stop` gives it: a tree of calls, and which of them was under way at each sample. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Time with a function of the script on the stack, whatever that had called, in ms. */
function timeIn(script: string, { nodes, samples, timeDeltas }: Profile): number {
  const inside = new Set(nodes.filter(({ callFrame }) => callFrame.url.endsWith(script)).map(({ id }) => id));
  // Parents stand before their children.
  for (const { id, children = [] } of nodes)
    if (inside.has(id)) for (const child of children) inside.add(child);
  return samples.reduce((sum, id, n) => sum + (inside.has(id) ? (timeDeltas[n] ?? 0) : 0), 0) / 1_000;
}

async function profile(devtools: CDPSession, ms: number): Promise<Profile> {
  await devtools.send('Profiler.enable');
  await devtools.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  await devtools.send('Profiler.start');
  await pause(ms);
  return (await devtools.send('Profiler.stop')).profile as Profile;
}

try {
  await using lab = await openLab({ heartbeat: '20s', lock: '90s' });
  const tab = await lab.visitor('profiled').open('/video');
  await tab.set('loop', true);
  await tab.play();
  const taken = await profile(tab.devtools, MINUTE_MS);
  const sdkMs = timeIn('/watchledger.js', taken);
  const labMs = timeIn('/lab.js', taken);
  const share = sdkMs / MINUTE_MS;
  console.log(`a minute of a playing video, ${taken.samples.length} samples`);
  console.log(`SDK on the main thread: ${sdkMs.toFixed(1)} ms, ${(share * 100).toFixed(3)} %`);
  console.log(`the page's own script:  ${labMs.toFixed(1)} ms`);
  if (share >= LARGEST_SHARE) process.exitCode = 1;
} finally {
  await cleanUpAll();
}
