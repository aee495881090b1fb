import { join } from 'node:path';
import { sections } from '@watchledger/pages/sections';
import { startService, type TestService, temporaryFolder } from '../harness/index.ts';
import { cookieOf } from '../tour/door.ts';
import { cpuMicroseconds } from './cpu.ts';
import { median } from './median.ts';
import { learnerOf, makeWideLedger } from './wide-ledger.ts';

const ROUNDS = 5;
/** Requests of one round, so that the ticks in which CPU time is counted are small against it. */
const TIMES = 10;
/** Followed to come deep into a list. */
const STEPS = 40;
const GOAL_MS = 200;

/** The page that asks the API nothing. */
const floor = '/';

interface Measured {
  readonly path: string;
  readonly name: string;
  /** CPU time of the very first request, when nothing is remembered. */
  readonly firstMs: number;
  readonly cpuMs: number[];
  readonly wallMs: number[];
}

/**
 * Every page that the navigation leads to, and a page deep inside of each list, over long lists: server time of one
 * request, against the page that asks nothing. Each round asks for each in turn.
 */
export async function benchPages(many: number): Promise<void> {
  const year = new Date().getUTCFullYear();
  const folder = temporaryFolder();
  const file = join(folder, 'watchledger.db');
  process.stderr.write(`a ledger of ${many} learners and ${many} courseware\n`);
  makeWideLedger(file, many, year);
  const service = await startService({
    env: { DATABASE_URL: `file:${file}`, EVIDENCE_FOLDER: join(folder, 'evidence') },
  });
  const first = await firstOf(service, floor);
  const pages: Measured[] = [measured(floor, 'the floor: a page that asks nothing', first.cpuMs)];
  for (const { path } of sections.flatMap((section) => section.places)) {
    const { answer, text, cpuMs } = await firstOf(service, path);
    if (answer.status !== 200) {
      process.stderr.write(`${path} is answered ${answer.status}\n`);
      continue;
    }
    pages.push(measured(path, path, cpuMs));
    const deep = await deepInside(service, path, text);
    if (deep !== null) pages.push(measured(deep, `${path}, deep inside`, Number.NaN));
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    for (const page of pages) await measure(service, page);
  }

  const column = (value: number) => value.toFixed(1).padStart(10);
  const [bare] = pages;
  const floorMs = median(bare?.cpuMs ?? []);
  console.log(
    `\n${`server time, ${many} learners and courseware`.padEnd(44)}    CPU ms   wall ms  first CPU   / floor  / ${GOAL_MS} ms`,
  );
  for (const { name, cpuMs, wallMs, firstMs } of pages) {
    const cpu = median(cpuMs);
    const ratios = [cpu / floorMs, cpu / GOAL_MS].map((ratio) => ratio.toFixed(2).padStart(10)).join('');
    console.log(
      `${name.padEnd(44)}${column(cpu)}${column(median(wallMs))}${Number.isNaN(firstMs) ? ' '.repeat(11) : ` ${column(firstMs)}`}${ratios}`,
    );
  }
  const slowest = Math.max(...pages.map(({ cpuMs }) => median(cpuMs)));
  console.log(`\nslowest page / ${GOAL_MS} ms:   ${(slowest / GOAL_MS).toFixed(2)}`);
}

const measured = (path: string, name: string, firstMs: number): Measured => ({
  path,
  name,
  firstMs,
  cpuMs: [],
  wallMs: [],
});

async function firstOf(service: TestService, path: string) {
  const before = cpuMicroseconds(service.pid);
  const answer = await open(service, path);
  const text = await answer.text();
  return { answer, text, cpuMs: (cpuMicroseconds(service.pid) - before) / 1_000 };
}

async function measure(service: TestService, { path, cpuMs, wallMs }: Measured): Promise<void> {
  const before = cpuMicroseconds(service.pid);
  const begun = performance.now();
  for (let time = 0; time < TIMES; time += 1) await (await open(service, path)).text();
  wallMs.push((performance.now() - begun) / TIMES);
  cpuMs.push((cpuMicroseconds(service.pid) - before) / 1_000 / TIMES);
}

/** Follows a list onward; null where it has one page. */
async function deepInside(service: TestService, path: string, text: string): Promise<string | null> {
  let next = nextOf(text);
  let last: string | null = null;
  for (let step = 0; next !== null && step < STEPS; step += 1) {
    last = next;
    next = nextOf(await (await open(service, next)).text());
  }
  return last?.startsWith(path) ? last : null;
}

function nextOf(html: string): string | null {
  const [link] = html.match(/<a\b[^>]*\brel="next"[^>]*>/) ?? [];
  return link?.match(/\bhref="([^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? null;
}

const somebody = { sub: learnerOf(17), name: '学员 17', scope: 'watch review credits:read admin' };

const open = (service: TestService, path: string): Promise<Response> =>
  fetch(service.url + path, {
    headers: {
      cookie: `watchledger=${cookieOf(service.secret, somebody)}`,
      'accept-language': 'zh-CN',
    },
  });
