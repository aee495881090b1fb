import { browserClock, type Clock } from './clock.ts';
import { createEvents, type Subscribe } from './events.ts';
import { clientId, releaseClientId } from './identity/client-id.ts';
import { observePage, type PageTurns } from './lifecycle/page.ts';
import { createSiblings, type Siblings } from './lifecycle/siblings.ts';
import { type MediaLike, mediaSource } from './media/media-source.ts';
import type { ActiveViewing, Session, ViewingState } from './protocol.ts';
import type { Phase } from './session/phases.ts';
import { createSession, type ViewingSession } from './session/session.ts';
import { atRest, type Reading, type Source } from './source.ts';
import { createAccumulator } from './time/accumulator.ts';
import { bearerOf, createTransport, type Token } from './transport/transport.ts';

export interface WatchOptions {
  /** Where the service is, e.g. `https://hours.example.org`; a path of this origin will do. */
  endpoint: string | URL;
  /** The courseware's id at the service. */
  coursewareId: string;
  /** The learner's token, or a function that gives one and is asked again when it is refused. */
  token: Token;
}

/** A viewing under way. Nothing here throws. */
export interface Watching {
  /** What the page presents now. */
  readonly state: ViewingState;
  /** Where it stands with the service; time is recorded in `active`. */
  readonly phase: Phase;
  /** Milliseconds that this page has measured and claimed; what was accepted is `session.watchedMs`. */
  readonly watchedMs: number;
  /** The service's latest figures. */
  readonly session: Session | undefined;
  /** The viewing that stands in the way, as last heard of; undefined when none does. */
  readonly conflict: ActiveViewing | undefined;
  /**
   * Subscribes to an event; returns the function that unsubscribes.
   * @example watching.on('conflict', ({ title }) => tell(`${title} is open elsewhere`))
   */
  on: Subscribe;
  /** Asks again now, with a new token: after a conflict, an end elsewhere, or an error not retried by itself. */
  retry(): void;
  /** Opens in place of the viewing that is active elsewhere, where the policy lets one (`canTakeOver`). */
  takeOver(): void;
  /**
   * Ends the session and forgets the player. Resolves when the service has the last claim, or could not be
   * reached for up to 91 s.
   */
  stop(): Promise<void>;
}

/** How often a playing source is sampled for what no event tells; far below the accumulator's longest gap. */
const SAMPLE_MS = 1_000;

const NOT_SHOWN: Reading = { state: 'hidden', until: -Infinity };

/** What a viewing needs of the browser, so that a test can play the browser. */
export interface Environment {
  clock: Clock;
  fetch: typeof fetch;
  clientId(): Promise<string>;
  releaseClientId(): void;
  observePage(turns: PageTurns): () => void;
  createSiblings(hear: () => void): Siblings;
}

const browser: Environment = {
  clock: browserClock,
  fetch: (...request) => fetch(...request),
  clientId,
  releaseClientId,
  observePage,
  createSiblings,
};

/**
 * Records how long the learner really watches. Opens a session at the first play (a document: when shown).
 *
 * @param source a media element or look-alike, or `documentViewer()`
 * @example watch(document.querySelector('video'), { endpoint, coursewareId: 'cw-1', token })
 */
export function watch(source: MediaLike | Source | null, options: WatchOptions): Watching {
  return createWatching(source, options, browser);
}

/** As `watch`, in a given environment. */
export function createWatching(
  source: MediaLike | Source | null,
  options: WatchOptions,
  environment: Environment,
): Watching {
  const { clock } = environment;
  const { on, emit } = createEvents();
  const { coursewareId, token } = options ?? {};
  const time = createAccumulator();
  let watched: Source | undefined;
  let state: ViewingState = 'paused';
  let away = false;
  let shown = false;
  let complained = false;
  let cancelTick = () => {};
  let detach: (() => void)[] = [];

  const siblings = environment.createSiblings(() => session.hinted());
  const session: ViewingSession = createSession({
    coursewareId,
    transport: createTransport(addressOf(options), token, environment),
    clock,
    clientId: environment.clientId,
    read: sample,
    presented: () => time.total,
    refreshable: typeof token === 'function',
    emit,
    hint: siblings.tell,
  });

  function sample(): Reading {
    if (session.phase === 'stopped') return NOT_SHOWN;
    const at = clock.now();
    const reading = (!away && guard(() => watched?.read(at))) || NOT_SHOWN;
    // What a source says of the time in which it was not shown is of no use.
    time.sample(at, reading.until, shown ? reading.presented : undefined);
    shown = reading !== NOT_SHOWN;
    if (reading.state !== state) {
      const from = state;
      state = reading.state;
      tick();
      emit('state', state);
      session.changed(from, state);
    }
    return reading;
  }

  /** A player's own faults are told once, and reach neither the page nor the session. */
  function guard<T>(touch: () => T): T | undefined {
    try {
      return touch();
    } catch (error) {
      if (!complained) complain(error, true);
    }
  }

  function complain(about: unknown, willRetry: boolean) {
    complained = true;
    emit('error', { kind: 'misuse', message: String(about), willRetry });
  }

  function tick() {
    cancelTick();
    if (atRest(state)) return;
    cancelTick = clock.after(SAMPLE_MS, () => {
      tick();
      sample();
    });
  }

  function setAway(now: boolean) {
    away = now;
    sample();
  }

  function start() {
    if (session.phase === 'stopped') return;
    try {
      const wrong = misuse(source, options);
      if (wrong || !source) throw wrong;
      watched = 'observe' in source ? source : mediaSource(source);
      detach = [
        watched.observe(sample),
        environment.observePage({
          visibility: sample,
          leave() {
            sample();
            session.leave();
            setAway(true);
            siblings.close();
            environment.releaseClientId();
          },
          restore() {
            siblings.open();
            setAway(false);
          },
          freeze: () => setAway(true),
          resume() {
            setAway(false);
            session.nudge();
          },
          online: session.nudge,
        }),
      ];
      siblings.open();
      // Ahead of the first play, which is not to wait for it.
      environment.clientId();
      sample();
    } catch (error) {
      watched = undefined;
      session.stop();
      complain(error, false);
    }
  }

  on('error', ({ kind, message }) => console.warn(`watchledger: ${kind}: ${message}`));
  // Later, so that whoever subscribes in the same breath hears it all.
  queueMicrotask(start);

  return {
    on,
    get state() {
      return state;
    },
    get phase() {
      return session.phase;
    },
    get watchedMs() {
      sample();
      return session.watchedMs;
    },
    get session() {
      return session.latest;
    },
    get conflict() {
      return session.conflict;
    },
    retry: session.retry,
    takeOver: session.takeOver,
    stop() {
      for (const undo of detach) guard(undo);
      detach = [];
      sample();
      cancelTick();
      return session.stop().finally(siblings.close);
    },
  };
}

/** What is wrong with the call, in words for the one who wrote it. */
function misuse(source: unknown, options: WatchOptions): string | undefined {
  const { addEventListener, observe, paused } = (source ?? {}) as Partial<Record<string, unknown>>;
  if (!observe && !(addEventListener && typeof paused === 'boolean')) return 'source is no player or viewer';
  if (!addressOf(options)) return 'endpoint is no address';
  const { coursewareId, token } = options;
  if (!coursewareId || typeof coursewareId !== 'string') return 'coursewareId is no text';
  return typeof token === 'function' || bearerOf(token)
    ? undefined
    : 'token is neither a token nor a function';
}

/** The endpoint as text; empty for what is no address. */
function addressOf(options: WatchOptions | undefined): string {
  const endpoint: unknown = options?.endpoint;
  if (endpoint instanceof URL) return endpoint.href;
  return typeof endpoint === 'string' ? endpoint : '';
}
