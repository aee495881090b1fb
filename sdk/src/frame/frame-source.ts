import { listen } from '../listen.ts';
import type { Source } from '../source.ts';
import { type Asked, BELIEVED_MS, isPresented, type Presented } from './messages.ts';

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

  const ask = () => {
    const asked: Asked = { watchledger: 'asked' };
    // To that origin alone: whatever else is in the frame by now is not to know that it is watched.
    frame.contentWindow?.postMessage(asked, origin);
  };

  return {
    read(at) {
      // Whether it is hidden, the page in the frame knows as well as this one.
      const { state = 'hidden', position, rate } = told ?? {};
      if (news) until = state === 'playing' ? at + BELIEVED_MS : -Infinity;
      news = false;
      const silent = state === 'playing' && at >= until;
      return { state: silent ? 'buffering' : state, until, position, rate };
    },
    observe(changed) {
      const hear = (event: Event) => {
        const { source, origin: from, data } = event as MessageEvent<unknown>;
        if (source !== frame.contentWindow || from !== origin || !isPresented(data)) return;
        told = data;
        news = true;
        changed();
      };
      const stops = [listen(window, 'message', hear), listen(frame, 'load', ask)];
      ask();
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
