/** The pages of this browser and site that watch, too. */
export interface Siblings {
  /** Tells them that something has changed of which they may want to hear from the service. */
  tell(): void;
  /** Is deaf and mute until `open`: a page in the back-forward cache must not hold a channel. */
  close(): void;
  open(): void;
}

/** Hints between tabs, without content: what has changed, the service alone says. */
export function createSiblings(hear: () => void): Siblings {
  let channel: BroadcastChannel | undefined;
  return {
    tell: () => channel?.postMessage(0),
    close() {
      channel?.close();
      channel = undefined;
    },
    open() {
      try {
        channel ??= new BroadcastChannel('watchledger');
        channel.onmessage = hear;
      } catch {
        // Forbidden together with cookies, or an old browser: then pages hear of each other a little later.
      }
    },
  };
}
