import type { Page } from '../layout/page.ts';

interface RecordingPanelProps {
  page: Page;
  learnerId: string;
  coursewareId: string;
}

/**
 * What is being recorded and why not. The server renders the frame; `demo/panel.js` fills what carries a
 * `data-show`. The state is a live region; the running time is none, it would never stop talking.
 */
export function RecordingPanel({ page, learnerId, coursewareId }: RecordingPanelProps) {
  const texts = page.texts.recording(page.policy);
  const [connecting, opening] = texts.states.connecting;
  return (
    <aside
      class="panel"
      id="recording"
      aria-labelledby="recording-title"
      data-learner-id={learnerId}
      data-courseware-id={coursewareId}
      data-max-catch-up-ms={page.policy.maxCatchUp}
      data-texts={JSON.stringify(texts)}
      data-tone="waiting"
    >
      <h2 id="recording-title">{texts.heading}</h2>
      <div role="status" class="state">
        <p class="pill" data-show="state">
          {connecting}
        </p>
        <p class="why" data-show="why">
          {opening}
        </p>
        <p class="note warn" data-show="bound" hidden />
      </div>
      <noscript>
        <p class="note bad">{page.texts.demo.noScript}</p>
      </noscript>
      <section class="conflict" data-show="conflict" aria-labelledby="conflict-title" hidden>
        <h3 id="conflict-title" data-show="conflict-heading">
          {texts.conflictHeading}
        </h3>
        <p data-show="conflict-what" />
        <p data-show="conflict-when" class="muted" />
        <details open>
          <summary>{texts.conflictChoices}</summary>
          <p class="muted small">{texts.closeThere}</p>
        </details>
        <p data-show="conflict-progress" class="note" role="status" />
        <div class="choices">
          <button type="button" data-do="take-over" hidden>
            {texts.takeOver}
          </button>
          <button type="button" data-do="end-other">
            {texts.endOther}
          </button>
          <button type="button" class="second" data-do="retry">
            {texts.tryAgain}
          </button>
        </div>
      </section>
      <button type="button" class="resume" data-do="resume" hidden>
        {texts.resume}
      </button>
      <div class="watched">
        <p id="watched-label">{texts.watched}</p>
        <p class="time" role="timer" aria-live="off" aria-labelledby="watched-label" data-show="watched">
          00:00
        </p>
        <p class="muted small">{texts.watchedHelp}</p>
      </div>
      <Figures
        title={texts.thisCourseware}
        name="courseware"
        rows={[
          ['credited', texts.credited],
          ['all', texts.limit],
          ['left', texts.left],
        ]}
      />
      <Figures
        title={texts.onlineYearUnknown}
        name="online"
        rows={[
          ['credited', texts.credited],
          ['all', texts.cap],
          ['left', texts.left],
        ]}
      />
      <details class="history">
        <summary>{texts.history}</summary>
        <ol data-show="history" />
      </details>
    </aside>
  );
}

function Figures({
  title,
  name,
  rows,
}: {
  title: string;
  name: string;
  rows: [key: string, label: string][];
}) {
  return (
    <details class="figures" open>
      <summary>
        <h3 id={`${name}-title`} data-show={`${name}-title`}>
          {title}
        </h3>
      </summary>
      <progress max="1" value="0" aria-labelledby={`${name}-title`} data-show={`${name}-progress`} />
      <dl>
        {rows.map(([key, label]) => (
          <div>
            <dt>{label}</dt>
            <dd data-show={`${name}-${key}`}>–</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
