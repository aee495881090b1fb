import { type MediaLike, sourceOf } from '../media/media-source.ts';
import type { Source } from '../source.ts';
import { createPlayedRanges } from './played-ranges.ts';

/**
 * A player of which the service also learns which parts were played: it keeps their union for each learner and
 * courseware and answers with `coverageSeconds` and `resumeAt`. Neither earns anything.
 *
 * @example watch(withCoverage(video), { endpoint, coursewareId, token })
 */
export function withCoverage(player: MediaLike | Source): Source {
  const coverage = createPlayedRanges();
  let source: Source;
  return {
    read(at) {
      const reading = source.read(at);
      coverage.sample(at, reading);
      return { ...reading, coverage };
    },
    observe(changed) {
      // Not before: what is no player is `watch`'s to tell, not to be thrown into the page.
      source = sourceOf(player);
      return source.observe(changed);
    },
  };
}
