// Exchanges the one-time code of a ready-to-open link (`#code=…`) for a cookie, then shows the page anew.

const code = new URLSearchParams(location.hash.slice(1)).get('code');
if (code !== null) {
  // First of all: nobody shall bookmark, share or reload the code.
  history.replaceState(null, '', location.pathname + location.search);
  signIn(code);
}

/** @param {string} code */
async function signIn(code) {
  tell(({ busy }) => busy);
  const answer = await fetch('/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  }).catch(() => undefined);
  if (answer?.ok) {
    const { goTo } = await answer.json();
    if (goTo === location.pathname) location.reload();
    else location.replace(goTo);
    return;
  }
  const problem = await answer?.json().catch(() => undefined);
  tell(({ problems }) => problems[problem?.reason] ?? problems.unreachable);
}

/**
 * Says it, where the page has a place for it: whoever is signed in already stays so and needs no message.
 * @param {(texts: { busy: string, problems: Record<string, string> }) => string | undefined} text
 */
function tell(text) {
  const place = document.querySelector('#sign-in-problem');
  if (!(place instanceof HTMLElement)) return;
  place.textContent = text(JSON.parse(place.dataset.texts ?? '')) ?? '';
  place.hidden = false;
}
