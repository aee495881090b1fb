const KEY = 'watchledger.client';

/** How long a reloaded page waits for its former self to let go; a living twin never does. */
const HANDOVER_MS = 1_000;

/** The present hold of a name; another one follows when the page comes back. */
let held: { readonly name: Promise<string>; readonly over: AbortController } | undefined;

/**
 * The name of this browser tab. It survives a reload (sessionStorage), so that a reload replaces its own
 * session. A duplicated tab copies the storage, but finds the name's Web Lock taken and becomes a new client.
 */
export function clientId(): Promise<string> {
  if (!held) {
    const over = new AbortController();
    held = { name: hold(over.signal), over };
  }
  return held.name;
}

/** Lets go of the name when the page leaves: a held lock would also keep it out of the back-forward cache. */
export function releaseClientId(): void {
  held?.over.abort();
  held = undefined;
}

async function hold(over: AbortSignal): Promise<string> {
  let stored: string | null = null;
  try {
    stored = sessionStorage.getItem(KEY);
  } catch {
    // Storage is forbidden here: the name then lives as long as the page.
  }
  if (stored && ((await lock(stored, over, HANDOVER_MS)) || over.aborted)) return stored;
  const fresh = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  try {
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // As above.
  }
  // Nobody else has this name, so nobody need be waited for: whoever copies it stands behind in the line.
  lock(fresh, over);
  return fresh;
}

/**
 * Holds the name until it is over. True when this page holds it, and also where there are no Web Locks (plain http);
 * false when it had to wait for too long.
 */
async function lock(name: string, over: AbortSignal, patienceMs?: number): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return true;
  const waiting = new AbortController();
  const giveUp = () => waiting.abort();
  over.addEventListener('abort', giveUp);
  if (patienceMs) setTimeout(giveUp, patienceMs);
  return new Promise((resolve) => {
    locks
      .request(`${KEY}.${name}`, { signal: waiting.signal }, () => {
        resolve(true);
        return new Promise<unknown>((letGo) => over.addEventListener('abort', letGo));
      })
      .catch(() => resolve(false));
  });
}
