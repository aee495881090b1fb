import { type Contestant, echoFloor, embedded, redisFloor, withPostgres, withRedis } from './contestants.ts';
import { cpuMicroseconds, cpuMicrosecondsOfFamily } from './cpu.ts';
import { load } from './load.ts';
import { median } from './median.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 2_000);

interface Figures {
  readonly cpu: number[];
  readonly redisCpu: number[];
  readonly postgresCpu: number[];
  readonly rate: number[];
}

/** Heartbeats against their floors: every round loads each in turn, so that the machine's moods hit all alike. */
export async function benchHeartbeats(): Promise<void> {
  const product = await embedded();
  const shared = await withRedis();
  const echo = await echoFloor(product.sample);
  const evalsha = await redisFloor(product.sample);
  const many = await withPostgres();
  const contestants = [echo, product, evalsha, shared, many];
  const figures = new Map(
    contestants.map((each) => [each, { cpu: [], redisCpu: [], postgresCpu: [], rate: [] } as Figures]),
  );

  for (const each of contestants) await load(each.viewers, ROUND_MS);
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    for (const each of contestants) await measure(each, figures.get(each));
  }

  console.log(
    `\n${'CPU µs per heartbeat'.padEnd(36)}   median      min      max    Redis  PostgreSQL   per second`,
  );
  for (const [each, measured] of figures) print(each, measured);
  const ratio = (a: Contestant, b: Contestant) =>
    median(figures.get(a)?.cpu ?? []) / median(figures.get(b)?.cpu ?? []);
  console.log(`\nembedded default / bare Hono JSON echo:      ${ratio(product, echo).toFixed(2)}`);
  console.log(`Redis lock / bare Hono + one EVALSHA:        ${ratio(shared, evalsha).toFixed(2)}`);
  console.log(`PostgreSQL ledger / SQLite ledger:           ${ratio(many, shared).toFixed(2)}`);
}

async function measure(
  { name, pid, redisPid, postgresPid, viewers }: Contestant,
  figures: Figures | undefined,
): Promise<void> {
  const before = cpuMicroseconds(pid);
  const redisBefore = redisPid === null ? 0 : cpuMicroseconds(redisPid);
  const postgresBefore = postgresPid === null ? 0 : cpuMicrosecondsOfFamily(postgresPid);
  const { answered, refused } = await load(viewers, ROUND_MS);
  if (refused > 0) throw new Error(`${name} refused ${refused} heartbeats`);
  figures?.cpu.push((cpuMicroseconds(pid) - before) / answered);
  figures?.redisCpu.push(redisPid === null ? 0 : (cpuMicroseconds(redisPid) - redisBefore) / answered);
  figures?.postgresCpu.push(
    postgresPid === null ? 0 : (cpuMicrosecondsOfFamily(postgresPid) - postgresBefore) / answered,
  );
  figures?.rate.push((answered * 1_000) / ROUND_MS);
}

function print({ name, redisPid, postgresPid }: Contestant, figures: Figures): void {
  const { cpu, redisCpu, postgresCpu, rate } = figures;
  const column = (value: number, width = 9) => value.toFixed(1).padStart(width);
  const redis = redisPid === null ? '        -' : column(median(redisCpu));
  const postgres = postgresPid === null ? '           -' : column(median(postgresCpu), 12);
  const perSecond = String(Math.round(median(rate))).padStart(12);
  const range = `${column(median(cpu))}${column(Math.min(...cpu))}${column(Math.max(...cpu))}`;
  console.log(`${name.padEnd(36)}${range}${redis}${postgres}${perSecond}`);
}
