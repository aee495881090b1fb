// One box chooses all rows of a page, and how many are chosen is said.

const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll('input[form="bulk"][name="id"]')
);
const choose = /** @type {HTMLElement | null} */ (document.querySelector('#bulk .choose-all'));
const all = /** @type {HTMLInputElement | null} */ (document.querySelector('#bulk .choose-all input'));
const chosen = /** @type {HTMLOutputElement | null} */ (document.querySelector('#bulk .chosen'));
const bulk = /** @type {HTMLFormElement | null} */ (document.querySelector('#bulk'));

if (choose !== null && all !== null && chosen !== null && bulk !== null && boxes.length > 0) {
  choose.hidden = false;
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener('change', count);
  const what = bulk.querySelector('select');
  what?.addEventListener('change', onlyHours);
  // Browsers fill boxes in again when one comes back.
  count();
  onlyHours();

  function count() {
    const checked = [...boxes].filter((box) => box.checked).length;
    all.checked = checked === boxes.length;
    all.indeterminate = checked > 0 && checked < boxes.length;
    chosen.textContent = (chosen.dataset.count ?? '').replace('0', String(checked));
  }

  /** Hours are asked for where hours are set. */
  function onlyHours() {
    const hours = /** @type {HTMLInputElement | null} */ (bulk.querySelector('input[name="hours"]'));
    if (hours !== null) hours.hidden = what?.value !== 'hours';
  }
}
