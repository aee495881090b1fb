import type { Page } from '../layout/page.ts';
import { Pager } from './pager.tsx';
import { PlayerPage } from './player-page.tsx';

/** A PDF in a viewer that scrolls. Without scripts there is a link to the file. */
export function PdfPage({ page }: { page: Page }) {
  const { players } = page.texts;
  const file = `/media/guide.${page.language}.pdf`;
  return (
    <PlayerPage
      page={page}
      name="pdf"
      coursewareId="demo-pdf"
      script="demo/pdf.js"
      player="demo/players/pdf.js"
      styles={['/players/pdfjs-dist/pdf_viewer.css']}
      attaching={attaching}
    >
      <div id="document" class="pdf" data-idle-ms={page.policy.documentIdle}>
        <div class="paper">
          <div
            class="scroller"
            role="document"
            aria-label={players.pdfLabel}
            tabindex={0}
            data-file={file}
            data-page-label={players.pdfPage}
          >
            <div class="pdfViewer" />
          </div>
        </div>
        <p class="note bad" role="alert" data-show="failed" hidden>
          {players.pdfFailed}
        </p>
        <noscript>
          <p class="note">
            <a href={file}>{players.pdfOpen}</a>
          </p>
        </noscript>
        <Pager texts={page.texts} />
      </div>
    </PlayerPage>
  );
}

const attaching = `const viewer = new PDFViewer({ container, eventBus });
watch(documentViewer(container), { endpoint, coursewareId, token });`;
