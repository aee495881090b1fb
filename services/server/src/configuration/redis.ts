import { resolve } from 'node:path';
import type { RedisAddress } from '@watchledger/lock';
import type { EnvironmentReader } from './environment.ts';
import { redisUrl } from './redis-url.ts';

/** Where the locks live when processes share them. */
export interface RedisSetting {
  readonly address: RedisAddress;
  /** Absolute paths of PEM files. */
  readonly files: RedisFiles;
}

export interface RedisFiles {
  /** Of the authority that signed the servers' certificates; null: one that Node knows. */
  readonly ca: string | null;
  /** Of this client, for servers that demand a certificate. */
  readonly cert: string | null;
  readonly key: string | null;
}

type Variable = 'REDIS_URL' | keyof typeof fileVariables;

/** Reads REDIS_URL and what belongs to it; null where it is not set, or faulty. */
export function readRedis(reader: EnvironmentReader<Variable>): RedisSetting | null {
  const { faults } = reader;
  const address = reader.parsed('REDIS_URL', redisUrl);
  const path = (variable: Variable) => reader.parsed(variable, (text) => resolve(text));
  const files = { ca: path('REDIS_CA_FILE'), cert: path('REDIS_CERT_FILE'), key: path('REDIS_KEY_FILE') };
  const given = Object.keys(fileVariables).find((variable) => reader.text(variable as Variable) !== null);
  if (given !== undefined && address?.tls !== true && reader.text('REDIS_URL') !== null) {
    faults.push(`${given} is for TLS, which REDIS_URL speaks with rediss:// only`);
  } else if ((files.cert === null) !== (files.key === null)) {
    faults.push('REDIS_CERT_FILE and REDIS_KEY_FILE belong together: set both, or neither');
  }
  return address && { address, files };
}

/** What `--help` says of them. */
export const fileVariables = {
  REDIS_CA_FILE: 'PEM file of the authority behind rediss://, when it is a private one',
  REDIS_CERT_FILE: 'PEM file of our own certificate, for a Redis that demands one',
  REDIS_KEY_FILE: 'PEM file of its key',
} as const;
