import type { Page } from '../layout/page.ts';
import { LessonVideo } from './lesson-video.tsx';
import { PlayerPage } from './player-page.tsx';

const attributes = { id: 'video', width: '960', height: '540', 'data-stream': '/media/stream/main.m3u8' };

/** An HLS stream, recorded by one script tag, with the SDK's own status element below it. */
export function HlsPage({ page }: { page: Page }) {
  const { players } = page.texts;
  return (
    <PlayerPage
      page={page}
      name="hls"
      coursewareId="demo-hls"
      script="demo/hls.js"
      player="demo/players/hls.js"
      attaching={attaching}
    >
      <LessonVideo texts={page.texts} attributes={attributes} />
      {page.signIn !== null && (
        <>
          <p class="muted small status-from">{players.statusFrom}</p>
          <watchledger-status />
          {/* Deferred, so that the page's own script hears of the viewing that it begins. */}
          <script
            defer
            src="/sdk/watchledger.iife.js"
            data-courseware-id="demo-hls"
            data-token-url="/demo/token"
          />
        </>
      )}
    </PlayerPage>
  );
}

const attaching = `<video id="lesson" controls></video>
<watchledger-status></watchledger-status>
<script src="https://hours.example.org/sdk/watchledger.iife.js"
  data-courseware-id="cw-1" data-token-url="/my-site/watch-token"></script>
<script type="module">
  const hls = new Hls();
  hls.loadSource('lesson.m3u8');
  hls.attachMedia(document.getElementById('lesson'));
</script>`;
