import type { WatchError } from '../events.ts';
import type { Session } from '../protocol.ts';
import type { Watching } from '../watch.ts';
import { boundOf, standingOf, toneOf } from './standing.ts';
import { style } from './style.ts';
import { fill, textsIn } from './texts.ts';

/** Where there is no browser (a server that renders), the module can still be imported. */
const Element = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const EVENTS = ['session', 'state', 'conflict', 'superseded', 'ended', 'recovered'] as const;

/** What elements show that were given nothing of their own. */
let shared: Watching | undefined;
const connected = new Set<StatusElement>();

/**
 * Shows a learner what is recorded, what is left to earn, and why not, in Chinese or English (`lang` of the element
 * or of what is around it, else the browser's). Its state is a live region; its buttons are the ways out.
 *
 * Parts: `box`, `state`, `why`, `figures`, `actions`, `button`. Custom properties: `--watchledger-good`, `-warn`,
 * `-bad`, `-rest`, `-color`, `-background`, `-radius`, `-font`.
 */
export class StatusElement extends Element {
  #own: Watching | undefined;
  #shown: Watching | undefined;
  #error: WatchError | undefined;
  /** What the page had measured when the service last answered. */
  #measured = 0;
  #leave: (() => void)[] = [];
  #timer = 0;

  /** The viewing to show, from `watch()`; without one, that of the script tag. */
  get watching(): Watching | undefined {
    return this.#own ?? shared;
  }

  set watching(watching: Watching | undefined) {
    this.#own = watching;
    this.refresh();
  }

  connectedCallback(): void {
    connected.add(this);
    if (!this.shadowRoot) this.#build();
    this.refresh();
    this.#timer = window.setInterval(() => this.#tick(), 1_000);
  }

  disconnectedCallback(): void {
    connected.delete(this);
    clearInterval(this.#timer);
    this.#listen(undefined);
  }

  /** Looks again for what there is to show. */
  refresh(): void {
    if (!this.isConnected) return;
    if (this.watching !== this.#shown) this.#listen(this.watching);
    this.#show();
  }

  #listen(watching: Watching | undefined): void {
    for (const leave of this.#leave) leave();
    this.#leave = [];
    this.#shown = watching;
    this.#error = undefined;
    if (!watching) return;
    const show = () => this.#show();
    this.#leave = EVENTS.map((event) => watching.on(event, show));
    this.#leave.push(
      watching.on('session', () => {
        this.#measured = watching.watchedMs;
        this.#error = undefined;
        show();
      }),
      watching.on('error', (error) => {
        this.#error = error;
        show();
      }),
      watching.on('recovered', () => {
        this.#error = undefined;
        show();
      }),
    );
    this.#measured = watching.watchedMs;
  }

  #build(): void {
    const root = this.attachShadow({ mode: 'open' });
    // Not an element: a strict Content-Security-Policy refuses inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.innerHTML =
      '<div part=box role=group><div role=status><p part=state></p><p part=why></p></div><dl part=figures></dl><div part=actions></div></div>';
  }

  #part(name: string): HTMLElement {
    return this.shadowRoot?.querySelector(`[part=${name}]`) as HTMLElement;
  }

  #show(): void {
    const watching = this.#shown;
    this.hidden = !watching;
    if (!watching) return;
    const around = this.closest<HTMLElement>('[lang]');
    const texts = textsIn(around?.lang || navigator.language);
    const standing = standingOf(watching, this.#error);
    const { session, conflict } = watching;
    const bound = standing === 'paused' && session ? boundOf(session) : undefined;
    const [state = '', why = ''] = texts.says[bound ?? standing].split('|');
    const detail = {
      refused: conflict?.title ?? conflict?.coursewareId ?? texts.other,
      cap: (session?.online.capSeconds ?? 0) / 3_600,
      failed: this.#error?.message ?? '',
    }[bound ?? (standing as string)];

    const box = this.#part('box');
    box.dataset.tone = toneOf(bound ?? standing);
    box.dataset.standing = standing;
    box.setAttribute('aria-label', texts.label);
    // A live region speaks at every write, so only changes are written.
    write(this.#part('state'), state);
    write(this.#part('why'), fill(why, detail ?? ''));
    this.#tick();

    const { phase } = watching;
    const actions: [string, () => void][] = [];
    if (conflict?.canTakeOver) actions.push([texts.takeOver, watching.takeOver]);
    if (conflict || phase === 'failed' || this.#error) actions.push([texts.retry, watching.retry]);
    if (phase === 'over') actions.push([texts.here, watching.retry]);
    this.#offer(actions);
  }

  /** The running figures. They are no live region: they would never stop talking. */
  #tick(): void {
    const watching = this.#shown;
    const list = this.#part('figures');
    const session = watching?.session;
    list.hidden = !session;
    if (!session || !watching) return;
    const texts = textsIn(this.closest<HTMLElement>('[lang]')?.lang || navigator.language);
    const { courseware, online } = session;
    const running = watching.phase === 'active' ? watching.watchedMs - this.#measured : 0;
    const ms = session.watchedMs + Math.max(0, running);
    const rows = [
      [texts.watched, digits(ms / 1_000)],
      [texts.courseware, left(session, courseware.remainingSeconds, running)],
      [
        fill(texts.year, online.year),
        online.remainingSeconds === null ? texts.noCap : left(session, online.remainingSeconds, running),
      ],
    ];
    while (list.children.length < rows.length) {
      const row = document.createElement('div');
      row.append(document.createElement('dt'), document.createElement('dd'));
      list.append(row);
    }
    rows.forEach(([name = '', value = ''], nth) => {
      const [term, description] = list.children[nth]?.children ?? [];
      write(term, name);
      write(description, value);
    });
  }

  #offer(actions: readonly [string, () => void][]): void {
    const place = this.#part('actions');
    place.hidden = actions.length === 0;
    // Buttons that stay keep their focus.
    while (place.children.length > actions.length) place.lastElementChild?.remove();
    actions.forEach(([name, act], nth) => {
      let button = place.children[nth] as HTMLButtonElement | undefined;
      if (!button) {
        button = document.createElement('button');
        button.type = 'button';
        button.setAttribute('part', 'button');
        place.append(button);
      }
      write(button, name);
      button.onclick = act;
    });
  }
}

/** Makes `<watchledger-status>` (or another name) an element of the page. Again: changes nothing. */
export function defineStatus(name = 'watchledger-status'): void {
  if (!customElements.get(name)) customElements.define(name, class extends StatusElement {});
}

/** Shows a viewing in all status elements that have none of their own, also in those that come later. */
export function showEverywhere(watching: Watching | undefined): void {
  shared = watching;
  for (const element of connected) element.refresh();
}

function write(place: globalThis.Element | undefined, text: string): void {
  if (place && place.textContent !== text) place.textContent = text;
}

/** What is left, estimated between two answers. */
const left = ({ crediting }: Session, seconds: number, runningMs: number) =>
  digits(Math.max(0, seconds - (crediting ? runningMs / 1_000 : 0)));

/** `m:ss`, with hours where there are any. */
function digits(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, nth) => (nth ? String(part).padStart(2, '0') : part)).join(':');
}
