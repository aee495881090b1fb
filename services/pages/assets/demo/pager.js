/**
 * The pager of a document: its buttons turn, and it shows where one is.
 * @param {HTMLElement} root
 * @param {(by: number, button: HTMLButtonElement) => void} turn
 */
export function attachPager(root, turn) {
  const pager = /** @type {HTMLElement} */ (root.querySelector('.pager'));
  const buttons = /** @type {HTMLButtonElement[]} */ ([...pager.querySelectorAll('[data-turn]')]);
  const number = /** @type {HTMLElement} */ (pager.querySelector('[data-show="page"]'));
  for (const button of buttons) {
    button.addEventListener('click', () => turn(Number(button.dataset.turn), button));
  }

  return {
    /** @param {number} page from 1 on @param {number} pages */
    show(page, pages) {
      pager.hidden = false;
      number.textContent = `${page} / ${pages}`;
      for (const button of buttons) {
        const target = page + Number(button.dataset.turn);
        button.disabled = target < 1 || target > pages;
      }
    },
  };
}
