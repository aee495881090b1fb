export { createAnchoredClock } from './local/clock.ts';
export { createLocalLock, type LocalLockOptions } from './local/lock.ts';
export { type LockHealth, LockUnavailable, type ViewingLock } from './port.ts';
export {
  type Added,
  type AdoptReply,
  type EndCommand,
  expiresAt,
  isActive,
  type KnownSession,
  type LockRow,
  type LockTerms,
  type OpenCommand,
  type OpenReply,
  type PresentationState,
  type ReportCommand,
  type ReportReply,
} from './protocol.ts';
export type {
  RedisAddress,
  RedisCertificates,
  RedisClusterAddress,
  RedisHost,
  RedisLogin,
  RedisSentinelAddress,
  RedisServerAddress,
} from './redis/address.ts';
export { connectRedis, type RedisConnection, type RedisConnectionOptions } from './redis/connection.ts';
export { inspectRedis } from './redis/inspect.ts';
export { createRedisLock, type RedisLockOptions } from './redis/lock.ts';
export { clusterRights, inspectionRights, neededRights } from './redis/rights.ts';
