import { listen } from '../listen.ts';
import type { Source } from '../source.ts';

export interface DocumentViewerOptions {
  /** Milliseconds without learner activity after which nothing counts; the policy's `documentIdle`. */
  idleMs?: number;
}

const IDLE_MS = 300_000;

/**
 * What a reader does. Scripted events are not the learner's and do not count; `scroll` would count, even for
 * `scrollTo()`, so it is the wheel, the finger, the key or the drag behind it that is heard.
 */
const ACTIVITY = 'pointerdown pointermove keydown wheel touchstart touchmove';

/**
 * A document (PDF, slides, e-book) as something to watch: it counts while it is open and visible and the
 * learner was active within `idleMs` (R1, E24). Opening it and coming back to it are activity too.
 *
 * @param element where to look for activity: the viewer's element, its iframe's document; default the page
 * @example watch(documentViewer(), { endpoint, coursewareId, token })
 */
export function documentViewer(element?: EventTarget, options: DocumentViewerOptions = {}): Source {
  const idleMs = options.idleMs ?? IDLE_MS;
  let active = true;
  let until = -Infinity;

  return {
    read(at) {
      if (document.visibilityState === 'hidden') {
        active = true;
        return { state: 'hidden', until: -Infinity };
      }
      if (active) until = at + idleMs;
      active = false;
      return { state: at < until ? 'playing' : 'idle', until };
    },
    observe(changed) {
      if (!(idleMs > 0)) throw 'idleMs is missing or wrong';
      const hear = (event: Event) => {
        if (!event.isTrusted) return;
        active = true;
        changed();
      };
      // On its way down, where no element can keep it to itself.
      return listen(element ?? document, ACTIVITY, hear, { capture: true, passive: true });
    },
  };
}
