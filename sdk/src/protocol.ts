/**
 * The messages between this SDK and the service, as the HTTP contract lays them down. Written out here so
 * that no schema library reaches the browser; a test holds them equal to the contract's own types.
 */

/** What a page presents at a moment. Only `playing` earns time. */
export type ViewingState = 'playing' | 'paused' | 'buffering' | 'hidden' | 'idle' | 'ended';

/** Why time reported now would not be credited. */
export type Reason =
  | 'session-superseded'
  | 'paused'
  | 'hidden'
  | 'idle'
  | 'buffering'
  | 'year-closed'
  | 'courseware-limit-reached'
  | 'online-cap-reached';

/** The service's figures of one viewing session. Times are RFC 3339 UTC strings. */
export interface Session {
  sessionId: string;
  learnerId: string;
  coursewareId: string;
  state: 'active' | 'expired' | 'superseded' | 'ended';
  openedAt: string;
  lastSeenAt: string;
  expiresAt: string;
  serverTime: string;
  /** Milliseconds from one heartbeat to the next, as the service wants it. */
  heartbeatMs: number;
  /** Milliseconds without a heartbeat after which the learner's lock is free. */
  lockMs: number;
  /** Milliseconds accepted in this session (R2). */
  watchedMs: number;
  /** True only if time reported now would be credited. */
  crediting: boolean;
  reason: Reason | null;
  courseware: {
    title: string;
    kind: 'video' | 'document';
    limitSeconds: number;
    creditedSeconds: number;
    remainingSeconds: number;
    /** How much of the media the learner has played, in whole seconds; told at the opening and with `played`. */
    coverageSeconds?: number | undefined;
    /** Where to go on from, in seconds into the media; `null`: at the start. Told together with it. */
    resumeAt?: number | null | undefined;
  };
  online: {
    year: number;
    /** `null`: no cap. */
    capSeconds: number | null;
    creditedSeconds: number;
    remainingSeconds: number | null;
  };
}

/** `POST /v1/sessions` */
export interface OpenRequest {
  coursewareId: string;
  clientId?: string | undefined;
  takeOver?: true | undefined;
}

/** The answer 201 to an open. `endToken` ends this one session without a bearer token. */
export interface OpenedSession extends Session {
  endToken: string;
}

/** `POST /v1/sessions/{id}/heartbeats` */
export interface Heartbeat {
  /** Milliseconds watched since the session opened, in total: repeated or lost ones do no harm. */
  watchedMs: number;
  state: ViewingState;
  /** Seconds into the media. */
  position?: number | undefined;
  /** Playback rate, 1 = normal. */
  rate?: number | undefined;
  /** The parts played that the service does not know of, in seconds into the media; at most 100. */
  played?: [from: number, to: number][] | undefined;
}

/** `POST /v1/sessions/{id}/end` as `text/plain`, which a closing page may send without a preflight. */
export interface EndRequest {
  endToken: string;
  watchedMs: number;
  /** With `played`: how and where it was left. */
  state?: ViewingState | undefined;
  position?: number | undefined;
  played?: [from: number, to: number][] | undefined;
}

/** The viewing that holds the learner's lock while another is refused (R3). */
export interface ActiveViewing {
  /** Missing, as the title, if it is not for this page's token to see. */
  coursewareId?: string | undefined;
  title?: string | undefined;
  openedAt: string;
  lastSeenAt: string;
  expiresAt: string;
  /** Whether the policy lets the learner take over from it. */
  canTakeOver: boolean;
}

/** An RFC 9457 problem document, with the members that viewing adds. */
export interface Problem {
  code: string;
  title: string;
  status: number;
  detail?: string | undefined;
  /** With `rate-limited` and `unavailable`. */
  retryAfterSeconds?: number | undefined;
  /** With `parallel-viewing`. */
  active?: ActiveViewing | undefined;
  /** With `session-superseded` and `session-ended`: the final figures. */
  session?: Session | undefined;
}
