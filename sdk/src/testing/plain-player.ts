import type { MediaLike } from '../media/media-source.ts';

/** A player that is nothing but its properties and events. Without a page of its own it counts as visible. */
export class PlainPlayer extends EventTarget implements MediaLike {
  paused = true;
  seeking = false;
  currentTime: number | undefined = 0;
  playbackRate = 1;
  readonly ownerDocument = { visibilityState: 'visible' } as Document;

  tell(type: string): void {
    if (type === 'play') this.paused = false;
    if (type === 'pause') this.paused = true;
    this.dispatchEvent(new Event(type));
  }
}
