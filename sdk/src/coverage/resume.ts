import type { Watching } from '../watch.ts';

/** Who has come further than this, in s, has chosen another place. */
const START_S = 5;

/**
 * Takes a player to where the learner left off (`resumeAt`), once, when the service first answers: unless it stands
 * somewhere else than at its start by then.
 *
 * @returns the function that calls it off
 * @example resume(video, watch(withCoverage(video), options))
 */
export function resume(player: { currentTime: number }, watching: Pick<Watching, 'on'>): () => void {
  const stop = watching.on('session', ({ courseware }) => {
    stop();
    const { resumeAt } = courseware;
    if (resumeAt && player.currentTime < START_S) player.currentTime = resumeAt;
  });
  return stop;
}
