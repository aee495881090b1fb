// The reviewer's desk by single keys, and whole pages of rows chosen at once. All of it can be done without.

const remembered = 'watchledger-review-keys';
const desk = document.querySelector('.desk');
const rows = [...document.querySelectorAll('[data-row]')];

chooseAllAtOnce();
chooseWhoIsGivenHours();
heedKeys();

function chooseAllAtOnce() {
  const label = document.querySelector('[data-choose-all]');
  const all = label?.querySelector('input');
  const boxes = rows.flatMap((row) => row.querySelector('input[type="checkbox"]') ?? []);
  if (!(label instanceof HTMLElement) || !(all instanceof HTMLInputElement) || boxes.length < 2) return;
  label.hidden = false;
  all.addEventListener('change', () => {
    for (const box of boxes) if (box instanceof HTMLInputElement) box.checked = all.checked;
  });
}

function chooseWhoIsGivenHours() {
  for (const row of rows) {
    const box = row.querySelector('input[type="checkbox"]');
    row.addEventListener('input', ({ target }) => {
      if (box instanceof HTMLInputElement && target !== box) box.checked = true;
    });
  }
}

function heedKeys() {
  const button = document.querySelector('[data-keys-button]');
  const help = document.querySelector('#keys');
  const on = help?.querySelector('[data-keys-on]');
  if (!(button instanceof HTMLElement) || !(help instanceof HTMLDialogElement)) return;
  if (!(on instanceof HTMLInputElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => help.showModal());
  on.checked = recall() !== 'off';
  on.addEventListener('change', () => remember(on.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (help.open || isTyping(event.target)) return;
    const act = event.key === '?' ? () => help.showModal() : (desk === null ? inList : atDesk)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** @type {Record<string, (() => void) | undefined>} */
const inList = {
  j: () => move(1),
  k: () => move(-1),
  x: () => {
    const box = rows[current()]?.querySelector('input[type="checkbox"]');
    if (box instanceof HTMLInputElement) box.click();
  },
  a: () => open('approve'),
  r: () => open('reject'),
};

/** @type {Record<string, (() => void) | undefined>} */
const atDesk = {
  j: () => follow('j'),
  k: () => history.back(),
  u: () => follow('u'),
  a: () => decide('full', 'button[type="submit"]:not([name])'),
  r: () => decide('reject', 'input[name="reason"]'),
};

/** The row that is worked on; -1: none yet. */
const current = () => rows.findIndex((row) => row.contains(document.activeElement));

/** @param {number} step */
function move(step) {
  const from = current();
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
  const link = rows[to]?.querySelector('[data-open]');
  if (link instanceof HTMLElement) link.focus();
}

/** Evidence is seen before anything is decided. @param {string} intent */
function open(intent) {
  const link = rows[Math.max(current(), 0)]?.querySelector('[data-open]');
  if (!(link instanceof HTMLAnchorElement)) return;
  const address = new URL(link.href);
  address.searchParams.set('do', intent);
  location.href = address.href;
}

/** @param {string} key */
function follow(key) {
  const link = document.querySelector(`a[data-key="${key}"]`);
  if (link instanceof HTMLAnchorElement) link.click();
}

/**
 * Selects a decision, and goes to what comes next.
 * @param {string} decision
 * @param {string} next
 */
function decide(decision, next) {
  const form = document.querySelector('.decision form');
  const radio = form?.querySelector(`input[name="decision"][value="${decision}"]`);
  const control = form?.querySelector(next);
  if (radio instanceof HTMLInputElement) radio.checked = true;
  if (control instanceof HTMLElement) control.focus();
}

const intent = new URLSearchParams(location.search).get('do');
if (intent === 'approve') atDesk.a?.();
if (intent === 'reject') atDesk.r?.();

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select'));
}

function recall() {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

/** @param {'on' | 'off'} wish */
function remember(wish) {
  try {
    localStorage.setItem(remembered, wish);
  } catch {
    // Where nothing is kept, it holds for this page.
  }
}
