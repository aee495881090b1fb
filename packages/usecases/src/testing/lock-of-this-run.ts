import { afterThisTest } from '@watchledger/ledger/testing';
import {
  connectRedis,
  createLocalLock,
  createRedisLock,
  type LockRow,
  type LockTerms,
  type ViewingLock,
} from '@watchledger/lock';
import { type RedisServer, startRedisServer } from '@watchledger/lock/testing/redis-server';
import { rowsIn } from '@watchledger/lock/testing/rows';
import { setClock, setClockLua } from '@watchledger/lock/testing/set-clock';
import type { Calendar, Instant, LearnerId } from '@watchledger/rules';
import { kindOfThisRun } from './store-kinds.ts';

/** For tests: a lock that goes by a clock of the test's, and forgets what the test wants it to. */
export interface LockUnderTest {
  readonly lock: ViewingLock;
  readonly rows: LockRows;
}

/** The rows of a lock, each as a text that only its store understands. */
export interface LockRows {
  read(learnerId: LearnerId): Promise<string | null>;
  /** Brings back what was read before, as a stale replica would. */
  write(learnerId: LearnerId, row: string): Promise<void>;
  /** Loses a learner's row, as a restart would. */
  forget(learnerId: LearnerId): Promise<void>;
}

interface Given {
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  readonly clock: () => Instant;
}

/** For tests: an empty lock of the kind that this run is for; of one test there is one at a time. */
export function lockOfThisRun(given: Given): Promise<LockUnderTest> {
  return kindOfThisRun() === 'sqlite-local' ? inThisProcess(given) : inRedis(given);
}

async function inThisProcess(given: Given): Promise<LockUnderTest> {
  const rows = new Map<LearnerId, LockRow>();
  return {
    lock: createLocalLock({ ...given, rows }),
    rows: {
      read: async (learnerId) => {
        const row = rows.get(learnerId);
        return row === undefined ? null : JSON.stringify(row);
      },
      write: async (learnerId, row) => void rows.set(learnerId, JSON.parse(row)),
      forget: async (learnerId) => void rows.delete(learnerId),
    },
  };
}

let server: Promise<RedisServer> | null = null;

/** What `end-redis-after-tests.ts` does after each file of tests. */
export async function endRedisOfThisFile(): Promise<void> {
  const ending = await server;
  server = null;
  await ending?.close();
}

async function inRedis({ calendar, terms, clock }: Given): Promise<LockUnderTest> {
  server ??= startRedisServer();
  const redis = await connectRedis({ address: (await server).address });
  const { client } = redis;
  const lock = createRedisLock({ redis, calendar, terms, clockLua: setClockLua, wallClock: clock });
  afterThisTest(() => lock.close());
  await client.flushall();

  /** Both go over one connection, one after the other: the command runs at the test's time. */
  async function onTime<Reply>(command: () => Promise<Reply>): Promise<Reply> {
    const [, reply] = await Promise.all([setClock(client, clock()), command()]);
    return reply;
  }
  return {
    lock: {
      ...lock,
      now: async () => clock(),
      open: (learnerId, command) => onTime(() => lock.open(learnerId, command)),
      report: (learnerId, command) => onTime(() => lock.report(learnerId, command)),
      end: (learnerId, command) => onTime(() => lock.end(learnerId, command)),
      adopt: (learnerId, known, repair) => onTime(() => lock.adopt(learnerId, known, repair)),
    },
    rows: rowsIn(client),
  };
}
