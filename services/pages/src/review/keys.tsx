import type { Page } from '../layout/page.ts';

/** Shows what single keys do; there only where the script that heeds them runs. */
export const KeysButton = ({ page }: { page: Page }) => (
  <button type="button" class="quiet" hidden data-keys-button aria-haspopup="dialog">
    {page.texts.review.keys.button} <kbd>?</kbd>
  </button>
);

/** What single keys do. They can be turned off, and that is remembered (WCAG 2.1.4). */
export function Keys({ page }: { page: Page }) {
  const { keys } = page.texts.review;
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{keys.title}</h2>
      <p class="muted">{keys.lead}</p>
      <dl class="keys">
        {keys.list.map(([key, does]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" data-keys-on /> {keys.on}
      </label>
      <form method="dialog" class="choices">
        <button type="submit">{keys.close}</button>
      </form>
    </dialog>
  );
}
