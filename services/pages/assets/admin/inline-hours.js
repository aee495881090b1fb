// Hours in the rows of a list are saved in place: nobody loses where they were.

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('.inline-hours'))) {
  const { hours, version } = /** @type {Record<string, HTMLInputElement>} */ (
    /** @type {unknown} */ (form.elements)
  );
  const output = form.querySelector('output');
  if (hours === undefined || version === undefined || output === null) continue;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save();
  });

  async function save() {
    tell(form.dataset.saving ?? '', 'waiting');
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new FormData(form),
    }).catch(() => undefined);
    const isAnswer = answer?.headers.get('content-type')?.startsWith('application/json');
    if (!answer?.ok || !isAnswer) return tell(form.dataset.unreachable ?? '', 'bad');
    const { ok, text, before, ...now } = await answer.json();
    if (now.version !== undefined) version.value = now.version;
    tell(text, ok ? 'good' : 'bad');
    // Whoever was overtaken keeps what they typed, and may send it again knowing what is there.
    if (ok) {
      hours.value = now.hours;
      if (before !== now.hours) offerUndo(before);
    }
  }

  /** @param {string} before */
  function offerUndo(before) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = form.dataset.undo ?? '';
    button.addEventListener('click', () => {
      hours.value = before;
      hours.focus();
      save();
    });
    output.append(' ', button);
  }

  /**
   * @param {string} text
   * @param {string} tone
   */
  function tell(text, tone) {
    output.textContent = text;
    output.dataset.tone = tone;
  }
}
