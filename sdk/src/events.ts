import { listen } from './listen.ts';
import type { ActiveViewing, Session, ViewingState } from './protocol.ts';

/** What went wrong. Nothing of it ever reaches the player or throws into the page. */
export type ErrorKind =
  /** `watch` was called with something missing or wrong, or the player throws when it is looked at. */
  | 'misuse'
  /** No answer, or one that is not the service's. */
  | 'network'
  /** The service is down or overloaded (5xx). */
  | 'service'
  | 'rate-limited'
  /** No valid token, also after asking for a new one; or the token function gave none. */
  | 'unauthorized'
  | 'forbidden'
  | 'courseware-not-found'
  /** The service lost the session twice in a row. */
  | 'session-lost'
  /** Any other refusal: the service and this SDK do not understand each other. */
  | 'rejected';

export interface WatchError {
  kind: ErrorKind;
  message: string;
  /** Whether the SDK goes on by itself; if not, `retry()` does. */
  willRetry: boolean;
}

/** Event names and what their listeners get. */
export interface WatchEvents {
  /** New figures from the service. */
  session: Session;
  /** What the page presents has changed. */
  state: ViewingState;
  /**
   * Refused: this other viewing is active (R3). Nothing is counted until `retry`, `takeOver` or its end. Told
   * once for each viewing that is in the way, again when `canTakeOver` changes and after `retry` or `takeOver`.
   */
  conflict: ActiveViewing;
  /** Another viewing took this one's place; the final figures. Nothing is counted until the next play. */
  superseded: Session;
  /** The learner ended this viewing elsewhere; the final figures. Nothing is counted until the next play. */
  ended: Session;
  /** The courseware has earned all it can; watching on is recorded, not credited (R4). */
  limit: Session;
  /** The year's online cap is reached; watching on is recorded, not credited (R5). */
  cap: Session;
  /** Told once until `recovered`, however many attempts fail. */
  error: WatchError;
  /** The service answers again; no time was lost that it still accepts. */
  recovered: undefined;
}

export type Emit = <K extends keyof WatchEvents>(type: K, detail: WatchEvents[K]) => void;

export type Subscribe = <K extends keyof WatchEvents>(
  type: K,
  listener: (detail: WatchEvents[K]) => void,
) => () => void;

/** An EventTarget underneath: a listener that throws harms neither the others nor the SDK. */
export function createEvents(): { emit: Emit; on: Subscribe } {
  const target = new EventTarget();
  return {
    emit(type, detail) {
      target.dispatchEvent(new CustomEvent(type, { detail }));
    },
    on: (type, listener) => listen(target, type, (event) => listener((event as CustomEvent).detail)),
  };
}
