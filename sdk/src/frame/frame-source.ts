import { listen } from '../listen.ts';
import type { Source } from '../source.ts';
import { ASKED, BELIEVED_MS, HERE, isPresented, isWord, originOf, type Presented } from './messages.ts';

/**
 * Courseware in a frame, also of another origin, as something to watch. The page in the frame calls `shareSource()`
 * with what it presents; this page, which has the token, records it. Only messages of that frame and that origin
 * are heard.
 *
 * @param origin of the page in the frame, such as `https://slides.example.org`
 * @example watch(frameSource(iframe, 'https://slides.example.org'), { endpoint, coursewareId, token })
 */
export function frameSource(frame: HTMLIFrameElement, origin: string): Source {
  let told: Presented | undefined;
  let news = false;
  let until = -Infinity;
  /** Of what the frame has presented, what was read already, and what was not. */
  let known: number | undefined;
  let fresh = 0;

  function take(presented: Presented) {
    const { presentedMs } = presented;
    // What it presented before it was watched is nobody's; and another page in the frame begins anew.
    known ??= presentedMs;
    fresh += presentedMs < known ? presentedMs : presentedMs - known;
    known = presentedMs;
    told = presented;
    news = true;
  }

  return {
    read(at) {
      // Whether it is hidden, the page in the frame knows as well as this one.
      const { state = 'hidden', position, rate } = told ?? {};
      if (news) until = state === 'playing' ? at + BELIEVED_MS : -Infinity;
      news = false;
      const silent = state === 'playing' && at >= until;
      const presented = fresh;
      fresh = 0;
      return { state: silent ? 'buffering' : state, until, presented, position, rate };
    },
    observe(changed) {
      if (!frame?.addEventListener) throw 'frame is missing or wrong';
      const expected = originOf(origin);
      // To that origin alone: whatever else is in the frame by now is not to know that it is watched.
      const ask = () => frame.contentWindow?.postMessage({ watchledger: ASKED }, expected);
      const hear = (event: Event) => {
        const { source, origin: from, data } = event as MessageEvent<unknown>;
        if (source !== frame.contentWindow || from !== expected) return;
        if (isWord(data, HERE)) ask();
        if (!isPresented(data)) return;
        take(data);
        changed();
      };
      const stop = listen(window, 'message', hear);
      // A frame that is not loaded yet will say when it is here.
      if (frame.contentDocument?.URL !== 'about:blank') ask();
      return stop;
    },
  };
}
