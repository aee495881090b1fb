import type { MediaLike } from '../media/media-source.ts';

/** What is used of a Video.js player: its properties are functions, and so are its events. */
export interface VideoJsPlayer {
  paused(): boolean;
  ended(): boolean;
  seeking(): boolean;
  readyState(): number;
  currentTime(): number | undefined;
  playbackRate(): number | undefined;
  isInPictureInPicture?(): boolean | undefined;
  on(type: string, listener: (event: Event) => void): void;
  off(type: string, listener: (event: Event) => void): void;
}

/**
 * A Video.js player as a player to watch. Its own `<video>` would do as well, until another tech takes its place.
 * @example watch(videoJs(videojs('lesson')), { endpoint, coursewareId, token })
 */
export function videoJs(player: VideoJsPlayer): MediaLike {
  return {
    get paused() {
      return player.paused();
    },
    get ended() {
      return player.ended();
    },
    get seeking() {
      return player.seeking();
    },
    get readyState() {
      return player.readyState();
    },
    get currentTime() {
      return player.currentTime();
    },
    get playbackRate() {
      return player.playbackRate() ?? 1;
    },
    get webkitPresentationMode() {
      return player.isInPictureInPicture?.() ? 'picture-in-picture' : 'inline';
    },
    addEventListener: (type, listener) => player.on(type, listener),
    removeEventListener: (type, listener) => player.off(type, listener),
  };
}
