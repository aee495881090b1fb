const KEY = 'watchledger.client';

/** How long a reloaded page waits for its former self to let go; a living twin never does. */
const HANDOVER_MS = 300;

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
  if (stored && (await lock(stored))) return stored;
  const fresh = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
  try {
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // As above.
  }
  await lock(fresh);
  return fresh;
}

/** True when this page holds the name, and also where there are no Web Locks (plain http). */
async function lock(name: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return true;
  const patience = new AbortController();
  setTimeout(() => patience.abort(), HANDOVER_MS);
  return new Promise((resolve) => {
    locks
      .request(`${KEY}.${name}`, { signal: patience.signal }, () => {
        resolve(true);
        return new Promise<void>((letGo) => {
          release = letGo;
        });
      })
      .catch(() => resolve(false));
  });
}
