import { resume } from '../coverage/resume.ts';
import { withCoverage } from '../coverage/with-coverage.ts';
import { documentViewer } from '../document/document-viewer.ts';
import type { Source } from '../source.ts';
import type { showEverywhere } from '../status/status-element.ts';
import type { Watching, watch } from '../watch.ts';

/**
 * What a script tag says of itself, all as `data-…`:
 * `courseware-id` (without it nothing is watched by itself), `token-url` (asked by POST for a token as text) or
 * `token`, `endpoint` (default: where the script comes from), `player` (a selector; default the first `video` or
 * `audio`), `resume` to go on where the learner left off, `kind="document"` with `idle-ms` for a document.
 */
export type ScriptTag = Pick<HTMLScriptElement, 'src' | 'dataset'>;

/** What of the SDK it uses: that of the first script of the page. */
interface Kit {
  watch: typeof watch;
  showEverywhere: typeof showEverywhere;
}

/**
 * Watches what a script tag names: at once, or when it appears; and what takes its place when it goes. Every viewing
 * is told to the page by the event `watchledger` on the document, with the `Watching` as its detail.
 *
 * @returns the function that ends it
 */
export function embed({ src, dataset }: ScriptTag, { watch, showEverywhere }: Kit): () => void {
  const { coursewareId, token, tokenUrl, player = 'video,audio', kind, idleMs } = dataset;
  if (!coursewareId) return () => {};
  const options = {
    // A script without a source came with the page.
    endpoint: dataset.endpoint ?? (src && new URL(src).origin),
    coursewareId,
    token: tokenUrl ? () => fetchToken(tokenUrl) : (token ?? ''),
  };
  let found: Element | undefined;
  let watching: Watching | undefined;

  function begin(source: Source) {
    const begun = watch(source, options);
    watching = begun;
    document.dispatchEvent(new CustomEvent('watchledger', { detail: begun }));
    showEverywhere(begun);
    // Of several on a page, the one that plays is shown.
    begun.on('state', (state) => state === 'playing' && showEverywhere(begun));
    return begun;
  }

  function look() {
    if (found?.isConnected) return;
    watching?.stop();
    watching = undefined;
    found = document.querySelector(player) ?? undefined;
    if (!found) return showEverywhere(undefined);
    const element = found;
    const attach = () => {
      if (element !== found) return;
      const player = element as unknown as HTMLMediaElement;
      const viewing = begin(withCoverage(player));
      if (dataset.resume !== undefined) resume(player, viewing);
    };
    // A player of its own kind has nothing to offer until it is one.
    if (element.localName.includes('-')) customElements.whenDefined(element.localName).then(attach);
    else attach();
  }

  const observer = new MutationObserver(look);
  try {
    if (kind === 'document') begin(documentViewer(document, idleMs ? { idleMs: Number(idleMs) } : {}));
    else {
      look();
      observer.observe(document, { childList: true, subtree: true });
    }
  } catch (error) {
    console.warn(`watchledger: misuse: data-player: ${error}`);
  }
  return () => {
    observer.disconnect();
    watching?.stop();
  };
}

async function fetchToken(url: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST' });
  // Signed out, which is no failure of the network: there is no token to be had.
  if (answer.status === 401 || answer.status === 403) return '';
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
}
