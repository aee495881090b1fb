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
  const heard: [EventTarget, string, (event: Event) => void][] = [
    [document, 'visibilitychange', turns.visibility],
    [document, 'freeze', turns.freeze],
    [document, 'resume', turns.resume],
    [window, 'pagehide', turns.leave],
    [window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && turns.restore()],
    [window, 'online', turns.online],
  ];
  for (const [target, type, listener] of heard) target.addEventListener(type, listener);
  return () => {
    for (const [target, type, listener] of heard) target.removeEventListener(type, listener);
  };
}
