import { resolve } from 'node:path';
import { StartFault } from '../start-fault.ts';
import { type DatabaseAddress, databaseAddress, postgresUrl } from './database-address.ts';
import { type Environment, EnvironmentReader } from './environment.ts';
import { bucketVariables, type EvidencePlace, readEvidencePlace } from './evidence-place.ts';
import { type OpenIdSetting, openIdVariables, readOpenId } from './open-id.ts';
import { fileVariables, type RedisSetting, readRedis } from './redis.ts';
import { readCookieSecret, readSigning, type Signing } from './signing.ts';
import { traceHeaders } from './trace-headers.ts';
import { corsOrigins, httpUrl, publicUrl } from './web-addresses.ts';
import { workers } from './workers.ts';

/** What the environment says, read once at start and passed on. */
export interface Configuration {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Processes that share the port on this machine. */
  readonly workers: number;
  /** Connections that one process holds at once; more are turned away. */
  readonly maxConnections: number;
  readonly database: DatabaseAddress;
  /** A PostgreSQL server, perhaps behind the first one, where exports are read; null: the first one. */
  readonly replicaUrl: string | null;
  /** Connections to PostgreSQL that one process holds at most, those to a replica among them. */
  readonly databaseConnections: number;
  /** Where the locks live; null keeps them in this process, which then owns the database file alone. */
  readonly redis: RedisSetting | null;
  readonly signing: Signing;
  readonly issuer: string | null;
  readonly audience: string | null;
  /** Vouches for the sign-ins of people; null: whatever signs tokens. */
  readonly cookieSecret: string | null;
  /** Where people reach the pages, such as `https://hours.example.org`; null: at `host` and `port`. */
  readonly publicUrl: string | null;
  /** Where people sign in by themselves; null: nowhere. */
  readonly openId: OpenIdSetting | null;
  readonly corsOrigins: readonly string[];
  readonly policyFile: string | null;
  readonly evidence: EvidencePlace;
  readonly logLevel: LogLevel;
  /** Where traces go by OTLP over HTTP; null: nowhere. */
  readonly tracesEndpoint: string | null;
  /** What goes with each of them, such as the collector's own token. */
  readonly tracesHeaders: Readonly<Record<string, string>>;
  /** The share of traces kept, whatever callers ask for, from 0 to 1. */
  readonly tracesShare: number;
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Reads every variable before it complains, so that one start shows all faults (`StartFault`). */
export function readConfiguration(environment: Environment): Configuration {
  const reader = new EnvironmentReader<Variable>(environment);
  const { faults } = reader;

  const production =
    reader.oneOf('NODE_ENV', ['development', 'test', 'production'], 'development') === 'production';
  const host = reader.text('HOST') ?? '127.0.0.1';
  const issuer = reader.text('AUTH_ISSUER');
  const audience = reader.text('AUTH_AUDIENCE');
  const database = reader.parsed('DATABASE_URL', databaseAddress) ?? defaultDatabase;
  const port = reader.wholeNumber('PORT', [0, 65_535], 8787);
  const count = reader.parsed('WORKERS', workers) ?? 1;
  const signing = readSigning(reader, { production, host, database, issuer, audience });
  const configuration: Configuration = {
    production,
    host,
    port,
    workers: count,
    maxConnections: reader.wholeNumber('MAX_CONNECTIONS', [1, 1_000_000], 20_000),
    database,
    replicaUrl: reader.parsed('DATABASE_REPLICA_URL', postgresUrl),
    databaseConnections: reader.wholeNumber('DATABASE_CONNECTIONS', [5, 1_000], 10),
    redis: readRedis(reader),
    signing,
    issuer,
    audience,
    cookieSecret: readCookieSecret(reader),
    publicUrl: reader.parsed('PUBLIC_URL', (text) => publicUrl(text, production)),
    openId: readOpenId(reader, { production, host, workers: count, signing }),
    corsOrigins: reader.parsed('CORS_ORIGINS', corsOrigins) ?? [],
    policyFile: reader.parsed('POLICY_FILE', (path) => resolve(path)),
    evidence: readEvidencePlace(reader, { database, production }),
    logLevel: reader.oneOf('LOG_LEVEL', logLevels, 'info'),
    tracesEndpoint: reader.parsed('OTEL_EXPORTER_OTLP_ENDPOINT', httpUrl),
    tracesHeaders: reader.parsed('OTEL_EXPORTER_OTLP_HEADERS', traceHeaders) ?? {},
    tracesShare: reader.share('OTEL_TRACES_SAMPLER_ARG', 1),
  };
  if (reader.text('REDIS_URL') === null) {
    if (database.kind === 'postgres') {
      faults.push('REDIS_URL must be set with PostgreSQL: its processes share their locks there');
    }
    if (configuration.workers > 1)
      faults.push('REDIS_URL must be set with WORKERS: they share their locks there');
  }
  if (configuration.replicaUrl !== null && database.kind === 'sqlite') {
    faults.push(
      'DATABASE_REPLICA_URL belongs to PostgreSQL: set DATABASE_URL to postgres://…, or leave it out',
    );
  }
  if (faults.length > 0) throw new StartFault(...faults);
  return configuration;
}

/** Where the facts are, for commands that need nothing else of the environment. Throws `StartFault`. */
export function readDatabase(environment: Environment): DatabaseAddress {
  const reader = new EnvironmentReader<Variable>(environment);
  const database = reader.parsed('DATABASE_URL', databaseAddress) ?? defaultDatabase;
  if (reader.faults.length > 0) throw new StartFault(...reader.faults);
  return database;
}

/** Every variable that is read, with what it means; `--help` prints it. */
export const variables = {
  PORT: 'port to listen on (8787); 0 takes a free one',
  HOST: 'address to listen on (127.0.0.1)',
  WORKERS:
    'processes that share the port on this machine (1), auto: one for each core; more than one need REDIS_URL',
  MAX_CONNECTIONS: 'connections that one process holds at once (20000)',
  DATABASE_URL: 'file:<path> (file:data/watchledger.db) or postgres://user:password@host:port/database',
  DATABASE_REPLICA_URL: 'postgres://… of a replica where exports are read',
  DATABASE_CONNECTIONS:
    'connections that one process holds to PostgreSQL at most (10), the replica among them',
  REDIS_URL: 'the locks: redis://…, rediss://…, nodes of a cluster comma-separated, redis+sentinel://…/name',
  ...fileVariables,
  AUTH_SECRET: 'secret of the HS256 tokens, at least 32 bytes',
  AUTH_JWKS_URL: 'keys of the token issuer, instead of AUTH_SECRET',
  AUTH_ISSUER: 'expected issuer of the tokens',
  AUTH_AUDIENCE: 'expected audience of the tokens',
  PUBLIC_URL: 'where people reach the pages, such as https://hours.example.org; needed with OIDC_ISSUER',
  ...openIdVariables,
  COOKIE_SECRET:
    'secret of sign-ins, at least 32 bytes (AUTH_SECRET); needed with OIDC_ISSUER and AUTH_JWKS_URL',
  CORS_ORIGINS: 'origins of the pages that embed the SDK, comma-separated; * for any',
  POLICY_FILE: 'JSON file with the hour policy',
  EVIDENCE_FOLDER:
    'folder of uploaded files (<database>.files; data/files with PostgreSQL), shared by all processes',
  ...bucketVariables,
  LOG_LEVEL: `one of ${logLevels.join(', ')} (info)`,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'where traces go, by OTLP over HTTP',
  OTEL_EXPORTER_OTLP_HEADERS: 'headers for the collector, such as authorization=Bearer%20…, comma-separated',
  OTEL_TRACES_SAMPLER_ARG:
    'the share of traces kept (1), also of those that callers ask for: 0.01 is one in a hundred',
  NODE_ENV: 'development (default), test or production',
} as const;

type Variable = keyof typeof variables;

const defaultDatabase: DatabaseAddress = { kind: 'sqlite', file: resolve('data/watchledger.db') };
