import { listen } from '../listen.ts';

/**
 * Hears the turns in a page's life that matter to a viewing: shown or hidden, frozen and back, leaving (closed,
 * navigated away, or put into the back-forward cache) and coming, online again. Returns the function that stops it.
 */
export function observePage(hear: (event: Event) => void): () => void {
  const stops = [
    listen(document, 'visibilitychange freeze resume', hear),
    listen(window, 'pagehide pageshow online', hear),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
