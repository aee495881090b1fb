// Asks every few seconds for the page anew and puts its live part in place of the old one, while somebody looks.

const first = document.querySelector('#live');
if (first instanceof HTMLElement) keepLive(first);

/** @param {HTMLElement} part */
function keepLive(part) {
  const every = Number(part.dataset.seconds) * 1000;
  const texts = JSON.parse(part.dataset.texts ?? '{}');
  let paused = false;

  const line = document.querySelector('.live-line');
  const says = document.createElement('span');
  says.textContent = texts.every;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = texts.pause;
  button.addEventListener('click', () => {
    paused = !paused;
    button.textContent = paused ? texts.resume : texts.pause;
    if (!paused) renew();
  });
  line?.append(says, button);

  setInterval(renew, every);
  document.addEventListener('visibilitychange', renew);

  async function renew() {
    if (paused || document.hidden) return;
    const answer = await fetch(location.href).catch(() => undefined);
    const text = answer?.ok ? await answer.text().catch(() => undefined) : undefined;
    const page = text ? new DOMParser().parseFromString(text, 'text/html') : null;
    const next = page?.querySelector('#live');
    // What it told of is over: the page is another one now.
    if (page && !next && !paused) return location.reload();
    says.textContent = next ? texts.every : texts.away;
    // Who is choosing in it just now shall not have it taken from under their hands.
    if (!next || paused || holdsSelection()) return;
    const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
    part.replaceChildren(...next.childNodes);
    line?.querySelector('.live-time')?.replaceWith(page?.querySelector('.live-time') ?? '');
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  function holdsSelection() {
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode);
  }
}
