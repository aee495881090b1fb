/**
 * Makes something once, for all who ask. After a failure the next to ask after the pause tries anew.
 * @param pauseMs spares who is away a flood of attempts
 */
export function onceItWorks<Made>(
  make: () => Promise<Made>,
  { pauseMs, now = () => performance.now() }: { pauseMs: number; now?: () => number },
): () => Promise<Made> {
  let attempt: { readonly made: Promise<Made>; failedAt: number | null } | null = null;
  return () => {
    const failedAt = attempt?.failedAt ?? null;
    if (attempt !== null && (failedAt === null || now() - failedAt < pauseMs)) return attempt.made;
    const latest: NonNullable<typeof attempt> = { made: make(), failedAt: null };
    latest.made.catch(() => {
      latest.failedAt = now();
    });
    attempt = latest;
    return latest.made;
  };
}
