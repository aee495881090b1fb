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
