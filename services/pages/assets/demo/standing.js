/**
 * @typedef {import('@watchledger/sdk').Watching} Watching
 * @typedef {import('@watchledger/sdk').Session} Session
 * @typedef {import('@watchledger/sdk').WatchError} WatchError
 * @typedef {import('@watchledger/sdk').ActiveViewing} ActiveViewing
 */

/**
 * What has been heard of the viewing and still holds.
 * @typedef {{ conflict?: ActiveViewing | undefined, error?: WatchError | undefined,
 *   over?: 'session-superseded' | 'session-ended' | undefined }} News
 */

/**
 * The one state that the panel shows: first what keeps the whole viewing from being recorded, then what the
 * page presents, then what the rules say of time that is recorded.
 * @param {Pick<Watching, 'phase' | 'state' | 'session'>} watching
 * @param {News} news
 * @param {string} [coursewareId] what this page shows
 */
export function standing({ phase, state, session }, { conflict, error, over }, coursewareId) {
  if (error?.kind === 'unauthorized') return 'signed-out';
  if (phase === 'failed' || phase === 'stopped') return 'failed';
  if (error !== undefined) return phase === 'active' ? 'unreachable' : 'unanswered';
  // A refused page that plays asks again by itself; while it asks, the refusal still stands.
  if (conflict !== undefined)
    return conflict.coursewareId === coursewareId ? 'open-elsewhere' : 'parallel-viewing';
  if (phase === 'over') return over ?? 'session-ended';
  if (phase === 'waiting') return state === 'ended' ? 'ended' : 'ready';
  if (phase === 'opening' || session === undefined) return 'connecting';
  return state === 'playing' ? (bound(session) ?? 'counting') : state;
}

/**
 * Why recorded time earns nothing (R4, R5, R8), also told while the page rests; undefined while it earns.
 * @param {Session | undefined} session
 */
export function bound(session) {
  if (session === undefined) return undefined;
  if (session.reason === 'year-closed') return 'year-closed';
  if (session.courseware.remainingSeconds === 0 && !session.crediting) return 'courseware-limit-reached';
  if (session.online.remainingSeconds === 0 && !session.crediting) return 'online-cap-reached';
  return undefined;
}

/** How a state feels: the colour of the panel's head. */
export const tones = {
  connecting: 'waiting',
  ready: 'waiting',
  counting: 'good',
  paused: 'waiting',
  ended: 'waiting',
  hidden: 'waiting',
  idle: 'warn',
  buffering: 'waiting',
  'parallel-viewing': 'bad',
  'open-elsewhere': 'bad',
  'session-superseded': 'bad',
  'session-ended': 'bad',
  'courseware-limit-reached': 'warn',
  'online-cap-reached': 'warn',
  'year-closed': 'warn',
  unreachable: 'warn',
  unanswered: 'bad',
  'signed-out': 'bad',
  failed: 'bad',
};
