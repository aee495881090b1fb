import {
  type Calendar,
  createDayWindows,
  type DayWindow,
  type Instant,
  type LearnerId,
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
/** What a script answered, and the node whose clock stamped it. */
interface Reply {
  readonly text: string;
  readonly node: string;
  readonly sentAt: Instant;
}

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
  if (deadlines !== null) {
    // A clock that cannot be learned now is learned from the next answer.
    redis.onReady((name, node) => void timeOf(name, node).catch(() => {}));
    redis.onGone(deadlines.forget);
  }

  async function run(name: ScriptName, learnerId: LearnerId, args: readonly Argument[]): Promise<Reply> {
    const sentAt = wallClock();
    const reply = await ask(name, learnerId, args, sentAt);
    if (!reply.text.startsWith('late ')) return reply;
    deadlines?.learn(reply.node, Number(reply.text.slice(5)), sentAt);
    throw new LockUnavailable(`Redis ran "${name}" too late to count`);
  }

  async function ask(
    name: ScriptName,
    learnerId: LearnerId,
    args: readonly Argument[],
    sentAt: Instant,
  ): Promise<Reply> {
    const inTime = (node: string) => [...args, deadlines?.next(node, sentAt) ?? ''];
    const node = redis.nodeOf(learnerId);
    try {
      return {
        text: await commands[`watchledger:${name}`](rowKey(learnerId), ...inTime(node)),
        node,
        sentAt,
      };
    } catch (error) {
      return { ...(await askAgain(error, name, learnerId, inTime)), sentAt };
    }
  }

  /** A command that was refused, as by a node that serves the slot no more, did not run: it is sent once more. */
  async function askAgain(
    error: unknown,
    name: ScriptName,
    learnerId: LearnerId,
    inTime: (node: string) => readonly Argument[],
  ): Promise<Omit<Reply, 'sentAt'>> {
    try {
      const elsewhere = await redis.redirection(error, learnerId);
      if (elsewhere === null) throw error;
      const { node } = elsewhere;
      return { text: await elsewhere.run(scripts[name], rowKey(learnerId), inTime(node)), node };
    } catch (last) {
      redis.lookAgain();
      throw new LockUnavailable(`Redis did not answer "${name}": ${messageOf(last)}`, { cause: last });
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

  async function clockOf([name, node]: readonly [string, Redis]) {
    const now = await timeOf(name, node);
    const difference = Math.abs(now - wallClock());
    try {
      await redis.demandService(node);
    } catch (error) {
      throw new LockUnavailable(`Redis refuses commands: ${messageOf(error)}`, { cause: error });
    }
    return { now, difference };
  }

  return {
    now: async (learnerId) => {
      const name = redis.nodeOf(learnerId);
      return timeOf(name, redis.primaries().get(name));
    },

    health: async () => {
      const missing = redis.missing();
      const asked = await Promise.allSettled([...redis.primaries()].map(clockOf));
      const clocks = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      const [worst] = clocks.toSorted((one, other) => other.difference - one.difference);
      if (missing.length > 0) redis.lookAgain();
      if (worst !== undefined) return { now: worst.now, away: asked.length - clocks.length + missing.length };
      const [failed] = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      throw failed ?? new LockUnavailable('Redis did not tell the time: no primary is connected');
    },

    open: async (learnerId, command) => {
      const { sessionId, coursewareId, clientId, takeOver } = command;
      const known = encodeKnown(command.known);
      const args = [sessionId, coursewareId, clientId ?? '', takeOver ? '1' : '0', days(), known];
      const { kind, moment, row } = decodeAnswer((await run('open', learnerId, args)).text);
      return kind === 'opened' ? { kind, row } : { kind: 'held', row, expiresAt: moment };
    },

    report: async (learnerId, { sessionId, claimMs, state }) => {
      const { text, node, sentAt } = await run('report', learnerId, [sessionId, claimMs, state, days()]);
      const reply = reported(text);
      if (reply.kind === 'reported') deadlines?.learn(node, reply.row.lastReportAt, sentAt);
      return reply;
    },

    end: async (learnerId, { sessionId, claimMs }) =>
      reported((await run('end', learnerId, [sessionId, claimMs ?? '', days()])).text),

    adopt: async (learnerId, known, repair) => {
      const { text } = await run('adopt', learnerId, [repair ? '1' : '0', encodeRow(known)]);
      return text === 'held' ? 'held' : 'adopted';
    },

    close: async () => redis.close(),
  };
}

function encodeKnown(known: OpenCommand['known']): string {
  if (known === null) return '';
  return `${known.sealed ? 'sealed' : 'open'} ${known.until} ${encodeRow(known.session)}`;
}

function reported(reply: string): ReportReply {
  if (reply === 'elsewhere') return { kind: 'elsewhere' };
  const { kind, moment, row, added } = decodeAnswer(reply);
  if (kind === 'reported' && added !== null) return { kind, row, baseAt: moment, added };
  return { kind: 'ended', row, baseAt: moment, added };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
