/**
 * Shows one page of a document at a time, turned by its buttons and the arrow keys.
 * @param {HTMLElement} article
 */
export function turnPages(article) {
  const leaves = /** @type {HTMLElement[]} */ ([...article.querySelectorAll('.leaf')]);
  const pager = /** @type {HTMLElement} */ (article.querySelector('.pager'));
  const buttons = /** @type {HTMLButtonElement[]} */ ([...pager.querySelectorAll('[data-turn]')]);
  const number = /** @type {HTMLElement} */ (pager.querySelector('[data-show="page"]'));
  let current = 0;

  /** @param {number} page */
  function open(page) {
    current = Math.min(Math.max(page, 0), leaves.length - 1);
    leaves.forEach((leaf, index) => {
      leaf.hidden = index !== current;
    });
    number.textContent = `${current + 1} / ${leaves.length}`;
    for (const button of buttons) {
      const target = current + Number(button.dataset.turn);
      button.disabled = target < 0 || target >= leaves.length;
    }
  }

  /** @param {number} by */
  function turn(by) {
    const before = current;
    open(current + by);
    // The new page is where reading goes on, for eyes and for screen readers.
    if (current !== before) leaves[current]?.focus();
  }

  for (const button of buttons) button.addEventListener('click', () => turn(Number(button.dataset.turn)));
  article.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowRight') turn(1);
    if (event.key === 'ArrowLeft') turn(-1);
  });
  pager.hidden = false;
  open(0);
}
