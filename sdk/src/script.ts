import type * as sdk from './global.ts';

declare global {
  /** What the script tag (`@watchledger/sdk/script`) brings into the page. */
  const WatchLedger: typeof sdk;
}
