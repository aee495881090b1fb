// Exchanges the one-time code of a ready-to-open link (`#code=…`) for a cookie, then shows the page anew.

const code = new URLSearchParams(location.hash.slice(1)).get('code');
if (code !== null) {
  // First of all: nobody shall bookmark, share or reload the code.
  history.replaceState(null, '', location.pathname + location.search);
  await signIn(code);
}

/** @param {string} code */
async function signIn(code) {
  const notice = document.querySelector('#sign-in');
  const texts = notice instanceof HTMLElement ? JSON.parse(notice.dataset.texts ?? '') : undefined;
  tell(texts?.busy);
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
  // A link opened twice: whoever is signed in already stays so and needs no message.
  const problem = await answer?.json().catch(() => undefined);
  tell(texts?.problems[problem?.reason] ?? texts?.problems.unreachable);
}

/** @param {string | undefined} text */
function tell(text) {
  const place = document.querySelector('#sign-in-problem');
  if (!(place instanceof HTMLElement) || text === undefined) return;
  place.textContent = text;
  place.hidden = false;
}
