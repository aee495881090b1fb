import { browserClock } from '../clock.ts';
import { listen } from '../listen.ts';
import { type MediaLike, sourceOf } from '../media/media-source.ts';
import type { Source } from '../source.ts';
import { isAsked, type Presented, TELL_MS } from './messages.ts';

/**
 * For a page in a frame: tells the page around it what is presented here, for `frameSource()` there to record. It
 * sends nothing before it is asked, and nothing to any other origin.
 *
 * @param origin of the page around, such as `https://lms.example.org`
 * @returns the function that stops it
 * @example shareSource(document.querySelector('video'), 'https://lms.example.org')
 */
export function shareSource(source: MediaLike | Source, origin: string): () => void {
  const shared = sourceOf(source);
  let asked = false;
  let cancel = () => {};

  function tell() {
    if (!asked) return;
    cancel();
    cancel = browserClock.after(TELL_MS, tell);
    const { state, position, rate } = shared.read(browserClock.now());
    const presented: Presented = { watchledger: 'presented', state, position, rate };
    parent.postMessage(presented, origin);
  }

  const hear = (event: Event) => {
    const { source: from, origin: of, data } = event as MessageEvent<unknown>;
    if (from !== parent || of !== origin || !isAsked(data)) return;
    asked = true;
    tell();
  };
  const stops = [
    shared.observe(tell),
    listen(window, 'message', hear),
    listen(document, 'visibilitychange', tell),
  ];
  return () => {
    asked = false;
    cancel();
    for (const stop of stops) stop();
  };
}
