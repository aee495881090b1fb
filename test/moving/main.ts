import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cleanUpAll, startPostgres, temporaryFolder } from '../harness/index.ts';
import { makeLargeLedger } from './large-ledger.ts';

/**
 * `npm run move:demo -- [--session-days 1000000]`: makes a SQLite ledger, moves it into a PostgreSQL of its own and
 * back by the product's command, and compares what came back with what went.
 */
const { values } = parseArgs({ options: { 'session-days': { type: 'string', default: '1000000' } } });
const wanted = Number(values['session-days']);
if (!Number.isInteger(wanted) || wanted < 10) throw new Error('--session-days is a whole number from 10');
const program = fileURLToPath(new URL('../../services/server/bin/watchledger.js', import.meta.url));

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  const folder = temporaryFolder();
  const first = join(folder, 'watchledger.db');
  const back = join(folder, 'back.db');
  const { seconds, result: ledger } = await timed(async () => makeLargeLedger(first, wanted));
  const { learners, sessions, sessionDays } = ledger;
  const megabytes = Math.round(statSync(first).size / 1e6);
  console.log(
    `made a SQLite ledger in ${seconds} s: ${learners} learners, ${sessions} sessions, ${sessionDays} session-days, ${megabytes} MB`,
  );
  const url = await (await startPostgres()).createDatabase();

  await show('SQLite → PostgreSQL', ['--from', `file:${first}`, '--to', url], sessionDays);
  await show('PostgreSQL → SQLite', ['--from', url, '--to', `file:${back}`], sessionDays);
  await show('what went, and what came back', [
    '--verify',
    '--from',
    `file:${first}`,
    '--to',
    `file:${back}`,
  ]);
} finally {
  await cleanUpAll();
}

async function show(title: string, args: readonly string[], rows?: number): Promise<void> {
  console.log(`\n── ${title}`);
  const { seconds, result: megabytes } = await timed(() => command(args));
  const pace =
    rows === undefined ? '' : `, ${Math.round(rows / seconds)} session-days a second with the proof`;
  console.log(`── ${seconds} s${pace}; at most ${megabytes} MB of memory`);
}

/** Runs the product's command, which tells its progress itself; answers with the most memory that it held, in MB. */
async function command(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [program, 'move', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = peakOf(child.pid) ?? peak;
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the move ended with ${code}`);
  return peak;
}

/** Megabytes at the most so far, where the system tells them; null: it does not, or the process is gone. */
function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_000);
  } catch {
    return null;
  }
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ seconds: number; result: Result }> {
  const begun = performance.now();
  const result = await work();
  return { seconds: Math.round((performance.now() - begun) / 100) / 10, result };
}
