import type { RedisOptions } from 'ioredis';
import type { RedisCertificates, RedisLogin } from './address.ts';

/** What every connection to a node has in common: nothing waits for a Redis that is away, nothing is sent twice. */
export function commonOptions(
  { login, tls }: { readonly login: RedisLogin; readonly tls: boolean },
  { certificates, patienceMs }: { certificates: RedisCertificates | undefined; patienceMs: number },
) {
  return {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // One timer for the connection; a timer for each command costs as much as sending it.
    socketTimeout: patienceMs,
    connectTimeout: 5_000,
    // A user with few rights would fill the server's log of refusals with it.
    disableClientInfo: true,
    username: login.user ?? '',
    password: login.password ?? '',
    ...(tls ? { tls: { ...certificates } } : {}),
  } satisfies RedisOptions;
}

/** What an error says, with its code where the words leave that out. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (!error.message) return String(code ?? error.name);
  return code === undefined || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}
