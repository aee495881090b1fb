import { watchToken } from './watch-token.js';

/** Where the page shows what is recorded. */
export const panel = /** @type {HTMLElement} */ (document.querySelector('#recording'));

/** What the SDK is told of this page's viewing, whatever plays. */
export const viewing = {
  endpoint: location.origin,
  coursewareId: panel.dataset.coursewareId ?? '',
  token: watchToken,
};
