import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@watchledger/free-port';
import { Redis } from 'ioredis';
import type { RedisLogin, RedisSentinelAddress } from './address.ts';
import type { Certificates } from './certificates.testing.ts';
import { type RedisProcess, redisServer, startRedisProcess } from './redis-process.testing.ts';

/** A primary and a replica, with three Sentinels who watch them, over loopback. */
export interface RedisSentinels {
  readonly address: RedisSentinelAddress;
  /** Kills (SIGKILL) the primary. */
  killPrimary(): Promise<void>;
  /** Port of the primary that the Sentinels name. */
  primaryPort(): Promise<number>;
  close(): Promise<void>;
}

export const sentinelLogin: RedisLogin = { user: null, password: 'sentinels only' };
export const primaryLogin: RedisLogin = { user: null, password: 'primary and replica' };
const NAME = 'hours';
const WITHIN_MS = 20_000;

/** All of them speak TLS, and nothing else, where certificates are given. */
export async function startRedisSentinels(certificates?: Certificates): Promise<RedisSentinels> {
  const folder = mkdtempSync(join(tmpdir(), 'watchledger-sentinels-'));
  const processes: RedisProcess[] = [];
  const [primaryPort, replicaPort] = [await freePort(), await freePort()];
  const sentinels = [await freePort(), await freePort(), await freePort()].map((port) => ({
    host: '127.0.0.1',
    port,
  }));

  async function start(...args: string[]): Promise<RedisProcess> {
    const started = await startRedisProcess(redisServer(), args);
    processes.push(started);
    return started;
  }
  const data = (port: number) => [
    ...listening(port, certificates),
    ...['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    ...['--requirepass', primaryLogin.password ?? '', '--masterauth', primaryLogin.password ?? ''],
    ...['--repl-diskless-sync-delay', '0'],
  ];
  async function close(): Promise<void> {
    await Promise.all(processes.map((each) => each.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
  async function ask(
    port: number,
    { password }: RedisLogin,
    ...command: [string, ...string[]]
  ): Promise<unknown> {
    const redis = new Redis({
      port,
      host: '127.0.0.1',
      password: password ?? '',
      lazyConnect: true,
      retryStrategy: null,
      ...(certificates === undefined ? {} : { tls: { ...certificates.ca } }),
    });
    redis.on('error', () => {});
    try {
      await redis.connect();
      return await redis.call(...command);
    } finally {
      redis.disconnect();
    }
  }

  try {
    const primary = await start(...data(primaryPort));
    await start(...data(replicaPort), '--replicaof', '127.0.0.1', String(primaryPort));
    for (const { port } of sentinels) {
      const file = join(folder, `sentinel-${port}.conf`);
      writeFileSync(file, sentinelFile(primaryPort));
      await start(file, '--sentinel', ...listening(port, certificates));
    }
    await until('the Sentinels know the replica and each other', async () => {
      const known = await Promise.all(
        sentinels.map(({ port }) => ask(port, sentinelLogin, 'SENTINEL', 'MASTER', NAME)),
      );
      return known.every((facts) => {
        const text = (facts as string[]).join(' ');
        return /num-slaves 1 /.test(text) && /num-other-sentinels 2 /.test(text);
      });
    });
    return {
      address: {
        kind: 'sentinel',
        sentinels,
        sentinelLogin,
        name: NAME,
        login: primaryLogin,
        tls: certificates !== undefined,
        database: 0,
      },
      killPrimary: () => primary.kill(),
      primaryPort: async () => {
        const port = sentinels[0]?.port ?? 0;
        const at = await ask(port, sentinelLogin, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME);
        return Number((at as string[])[1]);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listening(port: number, certificates: Certificates | undefined): string[] {
  if (certificates === undefined) return ['--port', String(port)];
  const tls = ['--port', '0', '--tls-port', String(port), '--tls-replication', 'yes'];
  return [...tls, ...certificates.settings, '--tls-auth-clients', 'no'];
}

function sentinelFile(primaryPort: number): string {
  return [
    'bind 127.0.0.1',
    `requirepass "${sentinelLogin.password}"`,
    `sentinel sentinel-pass "${sentinelLogin.password}"`,
    `sentinel monitor ${NAME} 127.0.0.1 ${primaryPort} 2`,
    `sentinel auth-pass ${NAME} "${primaryLogin.password}"`,
    `sentinel down-after-milliseconds ${NAME} 1000`,
    `sentinel failover-timeout ${NAME} 3000`,
    '',
  ].join('\n');
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${WITHIN_MS} ms: ${what}`);
    await pause(50);
  }
}
