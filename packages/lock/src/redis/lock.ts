import { type Calendar, createDayWindows, type Instant, type LearnerId } from '@watchledger/rules';
import type { Redis } from 'ioredis';
import { LockUnavailable, type ViewingLock } from '../port.ts';
import type { LockTerms, OpenCommand } from '../protocol.ts';
import { rowKey } from './keys.ts';
import { decodeRow, encodeRow } from './row.ts';
import { loadScripts, type ScriptName } from './scripts.ts';

export interface RedisLockOptions {
  /** A connection of its own, as `connectRedis` makes it. */
  readonly redis: Redis;
  readonly calendar: Calendar;
  readonly terms: LockTerms;
  /** Lua that defines `clock()`, for tests that need to set the time. */
  readonly clockLua?: string;
  /** The process's clock; it only picks the days that a script may need. */
  readonly wallClock?: () => Instant;
}

type Argument = string | number;
type Reply = readonly (string | number)[];
type Commands = Record<`watchledger:${ScriptName}`, (key: string, ...args: Argument[]) => Promise<Reply>>;

/** How long a row outlives the moment from which it holds nothing: garbage collection, not a rule. */
const KEEP_MS = 3_600_000;

/** The lock in Redis: one atomic script a command, stamped by Redis `TIME`. */
export function createRedisLock({
  redis,
  calendar,
  terms,
  clockLua,
  wallClock = () => Date.now() as Instant,
}: RedisLockOptions): ViewingLock {
  const daysAround = createDayWindows(calendar);
  const scripts = loadScripts(clockLua);
  for (const [name, lua] of Object.entries(scripts)) {
    redis.defineCommand(`watchledger:${name}`, { lua, numberOfKeys: 1 });
  }
  const commands = redis as unknown as Commands;
  const termsArguments: readonly Argument[] = [
    terms.lock,
    terms.release,
    terms.maxCatchUp,
    terms.slack,
    Math.max(terms.lock, terms.release) + KEEP_MS,
  ];

  function days(): Argument[] {
    const { firstDay, starts } = daysAround(wallClock());
    return [firstDay, ...starts];
  }

  async function run(name: ScriptName, learnerId: LearnerId, args: readonly Argument[]): Promise<Reply> {
    try {
      return await commands[`watchledger:${name}`](rowKey(learnerId), ...args);
    } catch (error) {
      throw new LockUnavailable(`Redis did not answer "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  return {
    now: async () => {
      try {
        const [seconds, micros] = await redis.time();
        return (Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)) as Instant;
      } catch (error) {
        throw new LockUnavailable(`Redis did not tell the time: ${messageOf(error)}`, { cause: error });
      }
    },

    open: async (learnerId, command) => {
      const { sessionId, coursewareId, clientId, takeOver } = command;
      const reply = await run('open', learnerId, [
        sessionId,
        coursewareId,
        clientId ?? '',
        takeOver ? '1' : '0',
        ...days(),
        ...termsArguments,
        ...knownArguments(command.known),
      ]);
      const row = decodeRow(reply);
      if (reply[0] === 'opened') return { kind: 'opened', row };
      return { kind: 'held', row, expiresAt: Number(reply[1]) as Instant };
    },

    report: async (learnerId, { sessionId, claimMs, state }) =>
      reported(await run('report', learnerId, [sessionId, claimMs, state, ...days(), ...termsArguments])),

    end: async (learnerId, { sessionId, claimMs }) =>
      reported(await run('end', learnerId, [sessionId, claimMs ?? '', ...days(), ...termsArguments])),

    adopt: async (learnerId, known, repair) => {
      const args = [repair ? '1' : '0', ...termsArguments, ...encodeRow(known)];
      const [kind] = await run('adopt', learnerId, args);
      return kind === 'held' ? 'held' : 'adopted';
    },

    close: async () => redis.disconnect(),
  };
}

function knownArguments(known: OpenCommand['known']): readonly Argument[] {
  if (known === null) return [''];
  return [known.sealed ? 'sealed' : 'open', known.until, ...encodeRow(known.session)];
}

function reported(reply: Reply) {
  if (reply[0] === 'elsewhere') return { kind: 'elsewhere' } as const;
  const kind = reply[0] === 'ended' ? 'ended' : 'reported';
  return { kind, row: decodeRow(reply), baseAt: Number(reply[1]) as Instant } as const;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
