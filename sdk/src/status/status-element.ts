import type { Session } from '../protocol.ts';
import type { Watching } from '../watch.ts';
import { boundOf, standingOf, toneOf } from './standing.ts';
import { style } from './style.ts';
import { fill, textsIn } from './texts.ts';

/** Where there is no browser (a server that renders), the module can still be imported. */
const Element = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const EVENTS = ['session', 'state', 'conflict', 'superseded', 'ended', 'error', 'recovered'] as const;

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
    this.#upgrade();
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
    if (!watching) return;
    const show = () => this.#show();
    const measure = () => {
      this.#measured = watching.watchedMs;
    };
    this.#leave = [watching.on('session', measure), ...EVENTS.map((event) => watching.on(event, show))];
    this.#measured = watching.watchedMs;
  }

  /** What was set before this was an element of its kind hides the property. */
  #upgrade(): void {
    if (!Object.hasOwn(this, 'watching')) return;
    const { watching } = this;
    Reflect.deleteProperty(this, 'watching');
    this.watching = watching;
  }

  #build(): void {
    const root = this.attachShadow({ mode: 'open' });
    try {
      // Not an element: a strict Content-Security-Policy refuses inline styles.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
    } catch {
      // An old browser, which knows elements alone.
      root.append(made('style', style));
    }
    const [box, region] = [made('div'), made('div')];
    box.setAttribute('role', 'group');
    region.setAttribute('role', 'status');
    region.append(part('p', 'state'), part('p', 'why'));
    const actions = part('div', 'actions');
    for (const act of ['takeOver', 'retry', 'here'] as const) {
      const button = part('button', 'button') as HTMLButtonElement;
      button.type = 'button';
      button.dataset.act = act;
      button.onclick = () => (act === 'takeOver' ? this.#shown?.takeOver() : this.#shown?.retry());
      actions.append(button);
    }
    box.setAttribute('part', 'box');
    box.append(region, part('dl', 'figures'), actions);
    root.append(box);
  }

  #part(name: string): HTMLElement {
    return this.shadowRoot?.querySelector(`[part=${name}]`) as HTMLElement;
  }

  #show(): void {
    const watching = this.#shown;
    this.hidden = !watching;
    if (!watching) return;
    const texts = textsIn(languageAround(this));
    const standing = standingOf(watching);
    const { session, conflict, error, phase } = watching;
    const bound = standing === 'paused' && session ? boundOf(session) : undefined;
    const [state = '', why = ''] = texts.says[bound ?? standing].split('|');
    const detail = {
      refused: conflict?.title ?? conflict?.coursewareId ?? texts.other,
      cap: (session?.online.capSeconds ?? 0) / 3_600,
      failed: error?.message ?? '',
    }[bound ?? (standing as string)];

    const box = this.#part('box');
    box.dataset.tone = toneOf(bound ?? standing);
    box.dataset.standing = standing;
    box.setAttribute('aria-label', texts.label);
    box.lang = texts.language;
    // A live region speaks at every write, so only changes are written.
    write(this.#part('state'), state);
    write(this.#part('why'), fill(why, detail ?? ''));
    this.#tick();

    const offered = {
      takeOver: conflict?.canTakeOver,
      retry: conflict || phase === 'failed' || error,
      here: phase === 'over',
    };
    // They stay where they are: none becomes another one under the finger, and each keeps its focus.
    for (const button of this.#part('actions').children as HTMLCollectionOf<HTMLButtonElement>) {
      const act = button.dataset.act as keyof typeof offered;
      button.hidden = !offered[act];
      write(button, texts[act]);
    }
    this.#part('actions').hidden = !Object.values(offered).some(Boolean);
  }

  /** The running figures. They are no live region: they would never stop talking. */
  #tick(): void {
    const watching = this.#shown;
    const list = this.#part('figures');
    const session = watching?.session;
    list.hidden = !session;
    if (!session || !watching) return;
    const texts = textsIn(languageAround(this));
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
}

/** Makes `<watchledger-status>` (or another name) an element of the page. Again, or on a server: changes nothing. */
export function defineStatus(name = 'watchledger-status'): void {
  const { customElements } = globalThis as Partial<typeof globalThis>;
  if (!customElements?.get(name)) customElements?.define(name, class extends StatusElement {});
}

/** Shows a viewing in all status elements that have none of their own, also in those that come later. */
export function showEverywhere(watching: Watching | undefined): void {
  shared = watching;
  for (const element of connected) element.refresh();
}

/** The language of what is around it, also outside of shadow roots. */
function languageAround(element: HTMLElement): string {
  type Around = { lang?: string; parentNode: Around | null; host?: Around };
  for (let at: Around | null | undefined = element as Around; at; at = at.parentNode ?? at.host) {
    if (at.lang) return at.lang;
  }
  return navigator.language;
}

function made(name: string, text = ''): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function part(name: string, as: string): HTMLElement {
  const element = made(name);
  element.setAttribute('part', as);
  return element;
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
