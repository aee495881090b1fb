export { createAnchoredClock } from './local/clock.ts';
export { createLocalLock, type LocalLockOptions } from './local/lock.ts';
export { LockUnavailable, type ViewingLock } from './port.ts';
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
export { connectRedis, type RedisConnectionOptions } from './redis/connection.ts';
export { createRedisLock, type RedisLockOptions } from './redis/lock.ts';
