// Waits until the provider can be reached again, and then goes there.

const again = document.querySelector('#again');
const waiting = document.querySelector('#waiting');
if (again instanceof HTMLAnchorElement && waiting instanceof HTMLElement) {
  waiting.hidden = false;
  ask(again.href);
}

/** @param {string} start */
function ask(start) {
  setTimeout(async () => {
    const answer = await fetch('/sign-in/reachable').catch(() => undefined);
    if (answer?.status === 204) location.replace(start);
    else ask(start);
  }, 5000);
}
