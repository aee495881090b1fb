const KEY = 'watchledger.client';

/** How long a reloaded page waits for its former self to let go; a living twin never does. */
const HANDOVER_MS = 1_000;

let held: Promise<string> | undefined;
let release = () => {};

/**
 * The name of this browser tab. It survives a reload (sessionStorage), so that a reload replaces its own
 * session. A duplicated tab copies the storage, but finds the name's Web Lock taken and becomes a new client.
 */
export function clientId(): Promise<string> {
  held ??= hold();
  return held;
}

/** Lets go of the name when the page leaves: a held lock would also keep it out of the back-forward cache. */
export function releaseClientId(): void {
  held = undefined;
  release();
}

async function hold(): Promise<string> {
  let stored: string | null = null;
  try {
    stored = sessionStorage.getItem(KEY);
  } catch {
    // Storage is forbidden here: the name then lives as long as the page.
  }
  if (stored && (await lock(stored, HANDOVER_MS))) return stored;
  const fresh = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  try {
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // As above.
  }
  // Nobody else has this name, so nobody need be waited for: whoever copies it stands behind in the line.
  lock(fresh);
  return fresh;
}

/**
 * True when this page holds the name, and also where there are no Web Locks (plain http); false when it had to wait
 * for too long.
 */
async function lock(name: string, patienceMs?: number): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return true;
  const patience = new AbortController();
  if (patienceMs) setTimeout(() => patience.abort(), patienceMs);
  return new Promise((resolve) => {
    locks
      .request(`${KEY}.${name}`, { signal: patience.signal }, () => {
        resolve(true);
        return new Promise<void>((letGo) => {
          release = letGo;
          // The page may have left before its turn came.
          if (!held) letGo();
        });
      })
      .catch(() => resolve(false));
  });
}
