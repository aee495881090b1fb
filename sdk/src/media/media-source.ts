import { type Listenable, listen } from '../listen.ts';
import type { ViewingState } from '../protocol.ts';
import type { Source } from '../source.ts';

/**
 * The least that a player must offer: `paused` and `addEventListener`. The rest is optional and shaped as
 * in `HTMLMediaElement`, so a `<video>`, an `<audio>` and any look-alike will do.
 */
export interface MediaLike extends Listenable {
  readonly paused: boolean;
  readonly ended?: boolean;
  readonly seeking?: boolean;
  /** From `HAVE_FUTURE_DATA` (3) on it can play. */
  readonly readyState?: number;
  /** Seconds. */
  readonly currentTime?: number;
  readonly playbackRate?: number;
  readonly ownerDocument?: Document | null;
  /** Safari's own picture-in-picture. */
  readonly webkitPresentationMode?: string;
}

const HAVE_FUTURE_DATA = 3;

/** The events after which a player may present something else than before. */
const CHANGES =
  'play playing pause waiting seeking seeked ended emptied timeupdate ratechange enterpictureinpicture leavepictureinpicture webkitpresentationmodechanged';

/** Presented is what plays: not paused, not ended, not seeking, with data enough, on a visible page (R1). */
export function mediaSource(media: MediaLike): Source {
  // For players without readyState, and for those that keep it high while they wait.
  let stalled = false;
  let position = media.currentTime;

  const state = (): ViewingState => {
    if (media.ended) return 'ended';
    if (media.paused) return 'paused';
    if (isHidden(media)) return 'hidden';
    if (media.seeking || stalled || (media.readyState ?? HAVE_FUTURE_DATA) < HAVE_FUTURE_DATA) {
      return 'buffering';
    }
    return 'playing';
  };

  return {
    read() {
      const now = state();
      return {
        state: now,
        until: now === 'playing' ? Infinity : -Infinity,
        position: finite(media.currentTime),
        rate: finite(media.playbackRate),
      };
    },
    observe(changed) {
      const hear = ({ type }: Event) => {
        const moved = position !== media.currentTime;
        position = media.currentTime;
        if (type === 'waiting' || type === 'emptied') stalled = true;
        else if (type === 'playing' || (type === 'timeupdate' && moved)) stalled = false;
        changed();
      };
      return listen(media, CHANGES, hear);
    },
  };
}

/** Picture-in-picture is seen although its page is not; in a document of its own, that one decides. */
function isHidden(media: MediaLike): boolean {
  const page = media.ownerDocument ?? document;
  return (
    page.visibilityState === 'hidden' &&
    (page.pictureInPictureElement as unknown) !== media &&
    media.webkitPresentationMode !== 'picture-in-picture'
  );
}

const finite = (value: number | undefined) => (Number.isFinite(value) ? value : undefined);
