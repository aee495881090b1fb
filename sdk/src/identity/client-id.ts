const KEY = 'watchledger.client';

/** How long a reloaded page waits for its former self to let go; a living twin never does. */
const HANDOVER_MS = 1_000;

/** The present hold of a name; another one follows when the page comes back. */
let held: Promise<string> | undefined;
let over: AbortController | undefined;

/**
 * The name of this browser tab. It survives a reload (sessionStorage), so that a reload replaces its own
 * session. A duplicated tab copies the storage, but finds the name's Web Lock taken and becomes a new client.
 */
export function clientId(): Promise<string> {
  if (!held) {
    over = new AbortController();
    held = hold(over.signal);
  }
  return held;
}

/** Lets go of the name when the page leaves: a held lock would also keep it out of the back-forward cache. */
export function releaseClientId(): void {
  over?.abort();
  held = undefined;
}

async function hold(over: AbortSignal): Promise<string> {
  const fresh = crypto.getRandomValues(new Uint32Array(4)).join('');
  try {
    const stored = sessionStorage.getItem(KEY);
    if (stored && ((await lock(stored, over, HANDOVER_MS)) || over.aborted)) return stored;
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // Storage is forbidden here, or full: the name then lives as long as the page.
  }
  // Nobody else has this name, so nobody need be waited for: whoever copies it stands behind in the line.
  lock(fresh, over);
  return fresh;
}

/**
 * Holds the name until it is over. True when this page holds it, and also where there are no Web Locks (plain http);
 * false when it had to wait for too long.
 */
function lock(name: string, over: AbortSignal, patienceMs?: number): Promise<boolean> {
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const giveUp = () => waiting.abort();
    over.addEventListener('abort', giveUp);
    if (patienceMs) setTimeout(giveUp, patienceMs);
    const take = () => {
      resolve(true);
      return new Promise<unknown>((letGo) => over.addEventListener('abort', letGo));
    };
    const locks = navigator.locks as LockManager | undefined;
    if (!locks) return resolve(true);
    locks.request(KEY + name, { signal: waiting.signal }, take).catch(() => resolve(false));
  });
}
