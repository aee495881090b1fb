import { type Listenable, listen } from '../listen.ts';
import type { ViewingState } from '../protocol.ts';
import type { Source } from '../source.ts';
import { MAX_GAP_MS } from '../time/accumulator.ts';
import { createPicture } from './picture.ts';

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
  readonly currentTime?: number | undefined;
  readonly playbackRate?: number;
  readonly ownerDocument?: Document | null;
  /** Safari's own picture-in-picture. */
  readonly webkitPresentationMode?: string;
}

const HAVE_FUTURE_DATA = 3;

/** How long a picture may stand still, on a player that says it plays, before that is no longer believed. */
const FROZEN_MS = 2_000;

/**
 * The events after which a player may present something else than before. `timeupdate` comes several times a
 * second while it plays, also where the browser holds back a hidden page's timers (picture-in-picture).
 */
const CHANGES =
  'play playing pause waiting seeking seeked ended emptied timeupdate ratechange enterpictureinpicture leavepictureinpicture webkitpresentationmodechanged';

/**
 * Presented is what plays: not paused, not ended, not seeking, with data enough, on a visible page, and with a
 * picture that moves (R1). The player is only looked at in `read`, whose caller expects it to throw.
 */
export function mediaSource(media: MediaLike): Source {
  // For players without readyState, and for those that keep it high while they wait.
  let stalled = false;
  let waited = false;
  let position: number | undefined;
  let movedAt = -Infinity;
  const picture = createPicture();
  let rate: number | undefined;
  let readAt = -Infinity;
  let played = false;
  let sought = false;

  const state = (): ViewingState => {
    if (media.ended) return 'ended';
    if (media.paused || media.playbackRate === 0) return 'paused';
    if (isHidden(media)) return 'hidden';
    if (media.seeking || stalled || (media.readyState ?? HAVE_FUTURE_DATA) < HAVE_FUTURE_DATA) {
      return 'buffering';
    }
    return 'playing';
  };

  return {
    read(at) {
      const before = position;
      position = within(media.currentTime, 0, 1e9);
      const moved = position !== before;
      if (moved && !waited) stalled = false;
      waited = false;
      const claimed = state();
      if (moved || claimed !== 'playing') movedAt = at;
      const frozen = position !== undefined && at - movedAt > FROZEN_MS;

      const playing = claimed === 'playing' && !frozen;
      const elapsed = at - readAt;
      const looked = played && elapsed <= MAX_GAP_MS;
      const presented = looked ? picture.played(elapsed, position, rate, sought || !!media.seeking) : 0;
      if (!looked) picture.begin(position);
      rate = within(media.playbackRate, -100, 100);
      sought = false;
      readAt = at;
      played = playing;
      return {
        state: frozen ? 'buffering' : claimed,
        until: playing ? Infinity : -Infinity,
        presented,
        position,
        rate,
      };
    },
    observe(changed) {
      const hear = ({ type }: Event) => {
        waited = type === 'waiting' || type === 'emptied';
        if (waited) stalled = true;
        if (type === 'playing') stalled = false;
        if (type === 'seeking') sought = true;
        changed();
      };
      return listen(media, CHANGES, hear);
    },
  };
}

/**
 * Whatever can be watched, as a source.
 * @throws where it is neither a source nor a player
 */
export function sourceOf(given: MediaLike | Source | null): Source {
  const { addEventListener, observe } = (given ?? {}) as Partial<MediaLike & Source>;
  if (observe) return given as Source;
  if (!addEventListener || !canPause(given as MediaLike)) throw 'source is missing or wrong';
  return mediaSource(given as MediaLike);
}

/** A player that throws may be one that is not ready yet. */
function canPause(player: MediaLike): boolean {
  try {
    return typeof player.paused === 'boolean';
  } catch {
    return true;
  }
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

/** What the contract has no room for, such as the epoch time of a live stream, is no position. */
const within = (value: number | undefined, least: number, most: number) =>
  value !== undefined && value >= least && value <= most ? value : undefined;
