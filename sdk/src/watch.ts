import { browserClock, type Clock } from './clock.ts';
import { createEvents, type Subscribe, type WatchError } from './events.ts';
import { clientId, releaseClientId } from './identity/client-id.ts';
import { observePage } from './lifecycle/page.ts';
import { createSiblings, type Siblings } from './lifecycle/siblings.ts';
import { type MediaLike, sourceOf } from './media/media-source.ts';
import type { ActiveViewing, Session, ViewingState } from './protocol.ts';
import type { Phase } from './session/phases.ts';
import { createSession, type ViewingSession } from './session/session.ts';
import { atRest, type Reading, type Source } from './source.ts';
import { textOf } from './text.ts';
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
  /** What failed last; undefined once the service has answered again. */
  readonly error: WatchError | undefined;
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
  observePage(hear: (event: Event) => void): () => void;
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
  const { token } = options ?? ({} as WatchOptions);
  const endpoint = textOf(options?.endpoint);
  const coursewareId = textOf(options?.coursewareId);
  const time = createAccumulator();
  let watched: Source | undefined;
  let state: ViewingState = 'paused';
  let last = NOT_SHOWN;
  let away = false;
  let complained = false;
  let failed: WatchError | undefined;
  let cancelTick = () => {};
  let detach: (() => void)[] = [];

  const siblings = environment.createSiblings(() => session.hinted());
  const transport = createTransport(endpoint, token, environment);
  const session: ViewingSession = createSession({
    coursewareId,
    transport,
    clock,
    clientId: environment.clientId,
    read: sample,
    presented: () => time.total,
    refreshable: typeof token === 'function',
    emit,
    hint: siblings.tell,
  });

  function sample(): Reading {
    if (session.phase === 'stopped') return last;
    const at = clock.now();
    const reading = (!away && guard(() => watched?.read(at))) || NOT_SHOWN;
    // What a source says of the time in which it was not shown is of no use.
    time.sample(at, reading.until, last === NOT_SHOWN ? undefined : reading.presented);
    last = reading;
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

  /** The page comes and goes; away, it shows nothing. */
  function turned({ type }: Event) {
    const leaves = type === 'pagehide';
    if (leaves) {
      sample();
      session.leave();
      siblings.close();
      environment.releaseClientId();
    }
    if (leaves || type === 'freeze') away = true;
    if (type === 'pageshow' || type === 'resume') away = false;
    if (!away) siblings.open();
    sample();
    if (type === 'resume' || type === 'online') session.nudge();
  }

  function start() {
    if (session.phase === 'stopped') return;
    try {
      const given = {
        endpoint,
        coursewareId,
        token: typeof token === 'function' || bearerOf(token),
      };
      const [wrong] = Object.entries(given).find(([, right]) => !right) ?? [];
      if (wrong) throw `${wrong} is missing or wrong`;
      watched = sourceOf(source);
      detach = [watched.observe(sample), environment.observePage(turned)];
      siblings.open();
      // Ahead of the first play, which is not to wait for them.
      environment.clientId();
      transport.prepare();
      sample();
    } catch (error) {
      watched = undefined;
      session.stop();
      complain(error, false);
    }
  }

  on('error', (error) => {
    failed = error;
    console.warn(`watchledger: ${error.kind}: ${error.message}`);
  });
  on('recovered', () => {
    failed = undefined;
  });
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
    get error() {
      return failed;
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
