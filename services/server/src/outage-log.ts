import { wholeMessage } from './observability/error-of-line.ts';
import { storeAway } from './store-away.ts';

/** Tells of an outage every so often, not with every request that meets it; each message at its own pace. */
export function everySoOften<Fields>(
  tell: (fields: Fields, message: string) => void,
  now: () => number = () => performance.now(),
): (fields: Fields, message: string) => void {
  const toldAt = new Map<string, number>();
  return (fields, message) => {
    const last = toldAt.get(message);
    if (last !== undefined && now() - last < everyMs) return;
    toldAt.set(message, now());
    tell(fields, message);
  };
}

const everyMs = 10_000;

/** Of a store that is away a line needs the reason alone: where in the program it was met helps nobody. */
export function outageFields({ err }: { readonly err: unknown }): { err: unknown } | { reason: string } {
  const away = storeAway(err);
  return away === null ? { err } : { reason: wholeMessage(away) };
}
