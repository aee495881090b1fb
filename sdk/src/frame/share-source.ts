import { browserClock } from '../clock.ts';
import { listen } from '../listen.ts';
import { type MediaLike, sourceOf } from '../media/media-source.ts';
import { atRest, type Source } from '../source.ts';
import { createAccumulator } from '../time/accumulator.ts';
import { ASKED, HERE, isWord, originOf, type Presented, TELL_MS } from './messages.ts';

/**
 * For a page in a frame: tells the page around it what is presented here, for `frameSource()` there to record. It
 * says that it is here, and nothing else before it is asked, and nothing at all to any other origin. Misuse is told
 * by a line in the console, and throws nothing.
 *
 * @param origin of the page around, such as `https://lms.example.org`
 * @returns the function that stops it
 * @example shareSource(document.querySelector('video'), 'https://lms.example.org')
 */
export function shareSource(source: MediaLike | Source | null, origin: string): () => void {
  try {
    return share(sourceOf(source), originOf(origin));
  } catch (error) {
    console.warn(`watchledger: misuse: ${error}`);
    return () => {};
  }
}

function share(source: Source, around: string): () => void {
  const time = createAccumulator();
  let asked = false;
  let broken = false;
  let cancel = () => {};

  function look(): Presented {
    const at = browserClock.now();
    try {
      const { state, until, presented, position, rate } = source.read(at);
      time.sample(at, until, presented);
      return { watchledger: 'presented', state, presentedMs: time.total, position, rate };
    } catch (error) {
      if (!broken) console.warn(`watchledger: misuse: ${error}`);
      broken = true;
      time.sample(at, -Infinity);
      return { watchledger: 'presented', state: 'hidden', presentedMs: time.total };
    }
  }

  function tell() {
    const presented = look();
    cancel();
    if (!atRest(presented.state)) cancel = browserClock.after(TELL_MS, tell);
    if (asked) parent.postMessage(presented, around);
  }

  function hear(event: Event) {
    const { source: from, origin, data } = event as MessageEvent<unknown>;
    if (from !== parent || origin !== around || !isWord(data, ASKED)) return;
    asked = true;
    tell();
  }

  /** The last that is heard of this page: what it presented, and that it no longer does. */
  function leave() {
    const last = look();
    if (asked) parent.postMessage({ ...last, state: 'hidden' }, around);
  }

  const stops = [
    source.observe(tell),
    listen(window, 'message', hear),
    listen(window, 'pagehide', leave),
    listen(document, 'visibilitychange', tell),
  ];
  parent.postMessage({ watchledger: HERE }, around);
  return () => {
    cancel();
    leave();
    for (const stop of stops) stop();
  };
}
