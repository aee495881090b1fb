import type { SessionState, SessionTimeline, TimelineStretch } from '@watchledger/contract';
import type { Page } from '../layout/page.ts';
import { Tag } from '../parts/tag.tsx';

/** The stylesheet of a viewing. */
export const viewingStyle = '/assets/viewing.css';

/** So many stretches stand there at once; more are unfolded. */
const mostAtOnce = 12;

interface ViewingProps {
  page: Page;
  timeline: SessionTimeline;
  state?: SessionState;
  /** By what it stands below. */
  heading: 'h2' | 'h3';
}

/** One viewing: when it was, and stretch by stretch what counted and why the rest did not (R13). */
export function Viewing({ page, timeline, state, heading: Heading }: ViewingProps) {
  const { format, texts } = page;
  const { viewing: words } = texts;
  const { stretches, openedAt } = timeline;
  const id = `s-${timeline.sessionId}`;
  const ends = stretches.at(-1)?.to ?? timeline.lastSeenAt;
  const isOneDay = format.dayOf(openedAt) === format.dayOf(ends);
  return (
    <section class="sheet viewing" aria-labelledby={id}>
      <header>
        <Heading id={id}>
          {format.moment(openedAt)}–{isOneDay ? format.time(ends) : format.moment(ends)}
        </Heading>
        {state !== undefined && (
          <Tag tone={state === 'active' ? 'good' : 'waiting'} text={words.states[state]} />
        )}
      </header>
      <p>
        {words.summary(
          format.exactDuration(Math.floor(timeline.watchedMs / 1000)),
          format.exactDuration(Math.floor(timeline.creditedMs / 1000)),
        )}
      </p>
      {stretches.length === 0 ? (
        <p class="muted">{words.noStretches}</p>
      ) : (
        <>
          <Strip page={page} stretches={stretches} />
          <details open={stretches.length <= mostAtOnce}>
            <summary>{words.stretches(stretches.length)}</summary>
            <ol class="stretches">
              {stretches.map((stretch) => (
                <Stretch page={page} stretch={stretch} />
              ))}
            </ol>
          </details>
        </>
      )}
    </section>
  );
}

const width = 1000;

/** The stretches to scale, one after the other. */
function Strip({ page, stretches }: { page: Page; stretches: readonly TimelineStretch[] }) {
  const { format, texts } = page;
  const from = Date.parse(stretches[0]?.from ?? '');
  const whole = Math.max(1, Date.parse(stretches.at(-1)?.to ?? '') - from);
  const sum = (counted: boolean) =>
    Math.floor(
      stretches.filter((each) => each.counted === counted).reduce((all, each) => all + lengthOf(each), 0) /
        1000,
    );
  const label = texts.viewing.strip(format.exactDuration(sum(true)), format.exactDuration(sum(false)));
  return (
    <svg class="strip" viewBox={`0 0 ${width} 20`} preserveAspectRatio="none" role="img" aria-label={label}>
      {stretches.map((stretch) => (
        <rect
          class={toneOf(stretch)}
          x={((Date.parse(stretch.from) - from) / whole) * width}
          y={stretch.counted ? 0 : 7}
          width={(lengthOf(stretch) / whole) * width}
          height={stretch.counted ? 20 : 13}
        />
      ))}
    </svg>
  );
}

function Stretch({ page, stretch }: { page: Page; stretch: TimelineStretch }) {
  const { format, texts } = page;
  const { viewing: words } = texts;
  const { from, to, counted, reason } = stretch;
  return (
    <li class={toneOf(stretch)}>
      <span class="when">
        {format.exactTime(from)}–{format.exactTime(to)}
      </span>
      <b>
        {counted ? words.counted : words.uncounted}{' '}
        {format.exactDuration(Math.floor(lengthOf(stretch) / 1000))}
      </b>
      {reason !== null && <span>{words.reasons[reason]}</span>}
    </li>
  );
}

const lengthOf = ({ from, to }: TimelineStretch): number => Date.parse(to) - Date.parse(from);

/** What counted; what the page did not present; what was lost; what a limit kept. */
function toneOf({ counted, reason }: TimelineStretch): 'counted' | 'rests' | 'lost' | 'limited' {
  if (counted || reason === null) return 'counted';
  if (reason === 'gap' || reason === 'buffering') return 'lost';
  return reason === 'paused' || reason === 'hidden' || reason === 'idle' ? 'rests' : 'limited';
}
