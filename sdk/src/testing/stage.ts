import type { WatchEvents } from '../events.ts';
import type { MediaLike } from '../media/media-source.ts';
import type { ViewingState } from '../protocol.ts';
import type { Source } from '../source.ts';
import { createWatching, type Watching, type WatchOptions } from '../watch.ts';
import { ModelService } from './model-service.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A source that presents what it is told to. */
export class PuppetSource implements Source {
  state: ViewingState = 'paused';
  position = 0;
  #changed = () => {};

  show(state: ViewingState): void {
    this.state = state;
    this.#changed();
  }

  read() {
    return {
      state: this.state,
      until: this.state === 'playing' ? Infinity : -Infinity,
      position: this.position,
      rate: 1,
    };
  }

  observe(changed: () => void): () => void {
    this.#changed = changed;
    return () => {
      this.#changed = () => {};
    };
  }
}

/** Turns in the life of the page, as its events tell them. */
type PageTurns = Readonly<
  Record<'visibility' | 'leave' | 'restore' | 'freeze' | 'resume' | 'online', () => void>
>;

/** A watching with everything around it played: player, page, clock, network and service. */
export interface Stage {
  clock: VirtualClock;
  service: ModelService;
  source: PuppetSource;
  page: PageTurns;
  watching: Watching;
  /** How often the other pages of the browser were told that something has changed. */
  readonly hints: number;
  /** Another page of the browser tells so. */
  hinted(): void;
  /** Everything told so far, as `[event, detail]`. */
  told: [string, unknown][];
  /** The details of one event so far. */
  hear<K extends keyof WatchEvents>(type: K): WatchEvents[K][];
}

const EVENTS = 'session state conflict superseded ended limit cap error recovered'.split(
  ' ',
) as (keyof WatchEvents)[];

export function setStage(
  options: Partial<WatchOptions> = {},
  {
    clock = createVirtualClock(),
    clientId = 'tab-1',
    player,
    cover = (source) => source,
  }: {
    clock?: VirtualClock;
    clientId?: string;
    /** Watched in place of the puppet. */
    player?: MediaLike;
    /** What is put around the puppet. */
    cover?: (source: Source) => Source;
  } = {},
): Stage {
  const service = new ModelService(clock);
  const source = new PuppetSource();
  const nothing = () => {};
  let hear: (event: Event) => void = nothing;
  const page: PageTurns = {
    visibility: () => hear(new Event('visibilitychange')),
    leave: () => hear(new Event('pagehide')),
    restore: () => hear(new Event('pageshow')),
    freeze: () => hear(new Event('freeze')),
    resume: () => hear(new Event('resume')),
    online: () => hear(new Event('online')),
  };
  let hinted = nothing;
  let hints = 0;
  const watching = createWatching(
    player ?? cover(source),
    { endpoint: 'https://hours.example.org/', coursewareId: 'cw-1', token: 'good', ...options },
    {
      clock,
      fetch: service.fetch,
      clientId: async () => clientId,
      releaseClientId: nothing,
      observePage(hearing) {
        hear = hearing;
        return nothing;
      },
      createSiblings(hear) {
        hinted = hear;
        return { tell: () => hints++, open: nothing, close: nothing };
      },
    },
  );
  const told: [string, unknown][] = [];
  for (const type of EVENTS) watching.on(type, (detail) => told.push([type, detail]));
  return {
    clock,
    service,
    source,
    page,
    get hints() {
      return hints;
    },
    hinted: () => hinted(),
    watching,
    told,
    hear: <K extends keyof WatchEvents>(type: K) =>
      told.filter(([name]) => name === type).map(([, detail]) => detail as WatchEvents[K]),
  };
}
