import { attachPager } from './pager.js';

/**
 * Shows one page of a document at a time, turned by its buttons and the arrow keys.
 * @param {HTMLElement} article
 */
export function turnPages(article) {
  const leaves = /** @type {HTMLElement[]} */ ([...article.querySelectorAll('.leaf')]);
  const pager = attachPager(article, turn);
  let current = 0;

  /** @param {number} page */
  function open(page) {
    current = Math.min(Math.max(page, 0), leaves.length - 1);
    leaves.forEach((leaf, index) => {
      leaf.hidden = index !== current;
    });
    pager.show(current + 1, leaves.length);
  }

  /** @param {number} by */
  function turn(by) {
    const before = current;
    open(current + by);
    // The new page is where reading goes on, for eyes and for screen readers.
    if (current !== before) leaves[current]?.focus();
  }

  article.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowRight') turn(1);
    if (event.key === 'ArrowLeft') turn(-1);
  });
  open(0);
}
