import { listen } from '../listen.ts';

/** The turns in a page's life that matter to a viewing. */
export interface PageTurns {
  /** Shown or hidden. */
  visibility(): void;
  /** Leaving: closed, navigated away, or put into the back-forward cache. */
  leave(): void;
  /** Back from the back-forward cache. */
  restore(): void;
  freeze(): void;
  resume(): void;
  /** The network is back. */
  online(): void;
}

/** Listens to the page's life; returns the function that stops it. */
export function observePage(turns: PageTurns): () => void {
  const stops = [
    listen(document, 'visibilitychange', turns.visibility),
    listen(document, 'freeze', turns.freeze),
    listen(document, 'resume', turns.resume),
    listen(window, 'pagehide', turns.leave),
    listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && turns.restore()),
    listen(window, 'online', turns.online),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
