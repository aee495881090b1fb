import type * as sdk from './index.ts';

declare global {
  /** What the script tag (`@watchledger/sdk/script`) brings into the page. */
  const WatchLedger: typeof sdk;
}
