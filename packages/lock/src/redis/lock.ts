import {
  type Calendar,
  createDayWindows,
  type DayWindow,
  type Instant,
  type LearnerId,
  milliseconds,
} from '@watchledger/rules';
import type { Redis } from 'ioredis';
import { LockUnavailable, type ViewingLock } from '../port.ts';
import type { LockTerms, OpenCommand, ReportReply } from '../protocol.ts';
import type { RedisConnection } from './connection.ts';
import { createDeadlines } from './deadlines.ts';
import { rowKey } from './keys.ts';
import { decodeAnswer, encodeDays, encodeRow } from './row.ts';
import { loadScripts, type ScriptName } from './scripts.ts';

export interface RedisLockOptions {
  /** A connection of its own, as `connectRedis` makes it. */
  readonly redis: RedisConnection;
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  /** Lua that defines `clock()`, for tests that need to set the time. */
  readonly clockLua?: string;
  /** The process's clock; it only picks the days that a script may need, and tells how long an answer took. */
  readonly wallClock?: () => Instant;
  /** How long callers wait; a command that Redis runs later than that changes nothing. Absent: no limit. */
  readonly patienceMs?: number;
}

type Argument = string | number;
type Commands = Record<`watchledger:${ScriptName}`, (key: string, ...args: Argument[]) => Promise<string>>;

/** The lock in Redis: one atomic script a command, stamped by Redis `TIME`. */
export function createRedisLock({
  redis,
  calendar,
  terms,
  clockLua,
  wallClock = () => Date.now() as Instant,
  patienceMs,
}: RedisLockOptions): ViewingLock {
  const daysAround = createDayWindows(calendar);
  const scripts = loadScripts(terms, clockLua);
  for (const [name, lua] of Object.entries(scripts)) {
    redis.client.defineCommand(`watchledger:${name}`, { lua, numberOfKeys: 1 });
  }
  const commands = redis.client as unknown as Commands;
  let encoded: { window: DayWindow; text: string } | undefined;

  function days(): string {
    const window = daysAround(wallClock());
    if (encoded?.window !== window) encoded = { window, text: encodeDays(window) };
    return encoded.text;
  }

  const deadlines = patienceMs === undefined ? null : createDeadlines(wallClock, patienceMs);
  // A clock that cannot be learned now is learned from the next answer.
  if (deadlines !== null) redis.onReady((name, node) => void timeOf(name, node).catch(() => {}));

  async function run(name: ScriptName, learnerId: LearnerId, args: readonly Argument[]): Promise<string> {
    const sentAt = wallClock();
    const deadline = deadlines?.next(redis.nodeOf(learnerId)) ?? '';
    const reply = await ask(name, rowKey(learnerId), [...args, deadline]);
    if (!reply.startsWith('late ')) return reply;
    deadlines?.learn(redis.nodeOf(learnerId), Number(reply.slice(5)), sentAt);
    throw new LockUnavailable(`Redis ran "${name}" too late to count`);
  }

  async function ask(name: ScriptName, key: string, args: readonly Argument[]): Promise<string> {
    try {
      return await commands[`watchledger:${name}`](key, ...args);
    } catch (error) {
      redis.lookAgain();
      throw new LockUnavailable(`Redis did not answer "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  async function timeOf(name: string, node: Redis | undefined): Promise<Instant> {
    try {
      // A node of a cluster would keep the question until it is connected.
      if (node?.status !== 'ready') throw new Error(`${name || 'a primary'} is not connected`);
      const sentAt = wallClock();
      const [seconds, micros] = await node.time();
      const now = (Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)) as Instant;
      deadlines?.learn(name, now, sentAt);
      return now;
    } catch (error) {
      redis.lookAgain();
      throw new LockUnavailable(`Redis did not tell the time: ${messageOf(error)}`, { cause: error });
    }
  }

  return {
    now: async (learnerId) => {
      const primaries = redis.primaries();
      if (learnerId !== undefined) {
        const name = redis.nodeOf(learnerId);
        return timeOf(name, primaries.get(name));
      }
      const times = await Promise.all([...primaries].map(([name, node]) => timeOf(name, node)));
      const here = wallClock();
      const [worst] = times.toSorted((one, other) => Math.abs(other - here) - Math.abs(one - here));
      if (worst === undefined) throw new LockUnavailable('Redis did not tell the time: no primary is known');
      return worst;
    },

    open: async (learnerId, command) => {
      const { sessionId, coursewareId, clientId, takeOver } = command;
      const known = encodeKnown(command.known);
      const args = [sessionId, coursewareId, clientId ?? '', takeOver ? '1' : '0', days(), known];
      const { kind, moment, row } = decodeAnswer(await run('open', learnerId, args));
      return kind === 'opened' ? { kind, row } : { kind: 'held', row, expiresAt: moment };
    },

    report: async (learnerId, { sessionId, claimMs, state }) => {
      const sentAt = wallClock();
      const reply = reported(await run('report', learnerId, [sessionId, claimMs, state, days()]));
      if (reply.kind === 'reported') {
        deadlines?.learn(redis.nodeOf(learnerId), reply.row.lastReportAt, sentAt);
      }
      return reply;
    },

    end: async (learnerId, { sessionId, claimMs }) =>
      reported(await run('end', learnerId, [sessionId, claimMs ?? '', days()])),

    adopt: async (learnerId, known, repair) => {
      const reply = await run('adopt', learnerId, [repair ? '1' : '0', encodeRow(known)]);
      return reply === 'held' ? 'held' : 'adopted';
    },

    close: async () => redis.close(),
  };
}

function encodeKnown(known: OpenCommand['known']): string {
  if (known === null) return '';
  return `${known.sealed ? 'sealed' : 'open'} ${known.until} ${encodeRow(known.session)}`;
}

const nothing = { watchedMs: milliseconds(0), forfeitedMs: milliseconds(0) };

function reported(reply: string): ReportReply {
  if (reply === 'elsewhere') return { kind: 'elsewhere' };
  const { kind, moment, row, added } = decodeAnswer(reply);
  if (kind === 'ended') return { kind, row, baseAt: moment, added };
  return { kind: 'reported', row, baseAt: moment, added: added ?? nothing };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
