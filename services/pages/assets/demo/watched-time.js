/**
 * The time that the panel shows: what the service has accepted, and since its last answer what this page has
 * measured. Each answer corrects it.
 * @param {number} maxCatchUpMs the most that the service accepts at once: no more is promised
 */
export function createWatchedTime(maxCatchUpMs) {
  /** Accepted milliseconds of each session of this page. @type {Map<string, number>} */
  const accepted = new Map();
  let measuredThen = 0;

  return {
    /**
     * @param {{ sessionId: string, watchedMs: number }} session the service's figures
     * @param {number} measuredMs what this page had measured by now
     */
    correct(session, measuredMs) {
      accepted.set(session.sessionId, session.watchedMs);
      measuredThen = measuredMs;
    },
    /**
     * @param {number} measuredMs what this page has measured by now
     * @returns {number} milliseconds
     */
    shown(measuredMs) {
      const sure = [...accepted.values()].reduce((sum, ms) => sum + ms, 0);
      const estimated = Math.min(Math.max(0, measuredMs - measuredThen), maxCatchUpMs);
      return accepted.size === 0 ? 0 : sure + estimated;
    },
  };
}
