import type { SessionId } from '@watchledger/rules';

/** For tests: the session id of a short name; ids sort as their names do. */
export function sessionIdOf(name: string): SessionId {
  const hex = Buffer.from(name).toString('hex').padEnd(32, '0');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return parts.join('-') as SessionId;
}
