import { watchToken } from './watch-token.js';

/**
 * Ends whatever this learner is watching now, wherever that is; nothing to end is fine too.
 * @returns {Promise<boolean>} whether the way is free
 */
export async function endOtherViewing() {
  try {
    const headers = { Authorization: `Bearer ${await watchToken()}`, 'Content-Type': 'application/json' };
    const current = await fetch('/v1/sessions/current', { headers });
    if (current.status === 404) return true;
    if (!current.ok) return false;
    const { sessionId } = await current.json();
    const end = `/v1/sessions/${encodeURIComponent(sessionId)}/end`;
    return (await fetch(end, { method: 'POST', headers, body: '{}' })).ok;
  } catch {
    return false;
  }
}
