import type { Page } from '../layout/page.ts';

/** Turns the pages of a document, once a script (`demo/pager.js`) knows how. */
export function Pager({ texts: { demo } }: Pick<Page, 'texts'>) {
  return (
    <nav class="pager" aria-label={demo.pages} hidden>
      <button type="button" class="second" data-turn="-1">
        {`← ${demo.previousPage}`}
      </button>
      <output data-show="page" />
      <button type="button" class="second" data-turn="1">
        {`${demo.nextPage} →`}
      </button>
    </nav>
  );
}
