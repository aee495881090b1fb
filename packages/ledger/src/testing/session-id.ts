import type { SessionId } from '@watchledger/rules';

/** For tests: the UUIDv7 of a name of up to 15 bytes; ids sort as their names do. */
export function sessionIdOf(name: string): SessionId {
  const hex = Buffer.from(name).toString('hex').padEnd(30, '0');
  if (hex.length > 30) throw new RangeError(`"${name}" is longer than 15 bytes`);
  const [time, middle] = [hex.slice(0, 8), hex.slice(8, 12)];
  return `${time}-${middle}-7${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18)}` as SessionId;
}
