import type { Clock } from '../clock.ts';
import type { CoverageReport } from '../coverage/played-ranges.ts';
import type { Emit, ErrorKind } from '../events.ts';
import type {
  ActiveViewing,
  Heartbeat,
  OpenedSession,
  OpenRequest,
  Problem,
  Session,
  ViewingState,
} from '../protocol.ts';
import { atRest, type Reading } from '../source.ts';
import { backoff } from '../transport/backoff.ts';
import type { Answer, Transport } from '../transport/transport.ts';
import { type Phase, phases, type Turn } from './phases.ts';

/** Least time between two heartbeats that a change of state asks for: a seek storm is no flood. */
const SPACING_MS = 1_000;

/**
 * How often a refused page asks again while it plays. Not at `expiresAt`: that is the server's clock, this
 * device's may be wrong, and the other viewing mostly ends before or goes on beyond it.
 */
const REFUSED_MS = 15_000;

/** After a hint that another page of this browser may have let go, the time for the service to hear of it first. */
const HINTED_MS = 300;

/** The pace of heartbeats, and what is believed of a service that names one. */
const PACE_MS = 20_000;
const FASTEST_MS = 100;
const SLOWEST_MS = 600_000;

export interface SessionParts {
  coursewareId: string;
  transport: Transport;
  clock: Clock;
  clientId(): Promise<string>;
  /** Samples, and tells what is presented now. */
  read(): Reading;
  /** Milliseconds presented up to the last sample. */
  presented(): number;
  /** Whether a new token can be had after a 401. */
  refreshable: boolean;
  emit: Emit;
  /** The lock may have changed hands: other pages of this browser may want to know. */
  hint(): void;
}

/** One page's viewing: a session with the service, opened again whenever the table of phases says so. */
export interface ViewingSession {
  readonly phase: Phase;
  /** The service's latest figures. */
  readonly latest: Session | undefined;
  /** The viewing that stands in the way, while this one is refused or asks again. */
  readonly conflict: ActiveViewing | undefined;
  /** Milliseconds claimed by this page, over all its sessions. */
  readonly watchedMs: number;
  /** To be told of every new state, after its sample. */
  changed(from: ViewingState, to: ViewingState): void;
  /** Sends now what is due anyway. */
  nudge(): void;
  /** Another page of this browser has opened or ended a viewing. */
  hinted(): void;
  retry(): void;
  takeOver(): void;
  /** The page leaves: the session ends with its last claim. */
  leave(): void;
  stop(): Promise<void>;
}

type Bound = 'limit' | 'cap';

/** The problems that say the session will never earn again, with what is told of them. */
const sealings: Readonly<Record<string, 'superseded' | 'ended'>> = {
  'session-superseded': 'superseded',
  'session-ended': 'ended',
};

/** The reasons that are bounds, with what is told of them. */
const bounds: Readonly<Record<string, Bound>> = {
  'courseware-limit-reached': 'limit',
  'online-cap-reached': 'cap',
};

export function createSession({
  coursewareId,
  transport,
  clock,
  clientId,
  read,
  presented,
  refreshable,
  emit,
  hint,
}: SessionParts): ViewingSession {
  let phase: Phase = 'waiting';
  let open: OpenedSession | undefined;
  let latest: Session | undefined;
  /** What had been presented when the open was sent, and what earlier sessions of this page claimed. */
  let base = 0;
  let earlier = 0;
  let rested = true;
  /** The learner has pressed play since the service last answered. */
  let played = false;
  let seize = false;
  /** The session was opened anew because the service had lost it, and no heartbeat has succeeded since. */
  let reopened = false;
  /** The request in flight; an answer to any other comes too late to matter. */
  let request: object | undefined;
  let again = false;
  let sentAt = 0;
  let failures = 0;
  let told: ErrorKind | undefined;
  let holder: ActiveViewing | undefined;
  /** The conflict that was told last: who holds the lock since when, and what can be done about it. */
  let toldConflict: string | undefined;
  let bound: Bound | undefined;
  let ending: Promise<void> | undefined;
  let cancel = () => {};

  const claim = () => Math.floor(presented() - base);

  function step(turn: Turn): boolean {
    const next = phases[phase][turn];
    if (!next) return false;
    phase = next;
    request = undefined;
    cancel();
    if (turn === 'superseded' || turn === 'ended' || turn === 'lost') forget();
    if (next !== 'active' && next !== 'failed') ending = end();
    if (next === 'waiting') {
      rested = true;
      seize = false;
    }
    // Who says so opens at once; a lost session is only missed while something plays.
    if (next === 'opening') turn === 'lost' ? due() : exchange();
    return true;
  }

  function forget() {
    if (open) earlier += claim();
    open = undefined;
  }

  async function end() {
    if (!open) return;
    const { state, position, coverage } = read();
    const { sessionId, endToken } = open;
    const watchedMs = claim();
    forget();
    const played = coverage?.report();
    const final = await transport.end(sessionId, {
      endToken,
      watchedMs,
      ...(played && { state, position, played: played.ranges }),
    });
    if (final) played?.kept();
    hint();
    if (final && !open) take(final);
  }

  function schedule(ms: number) {
    cancel();
    cancel = clock.after(ms, due);
  }

  function due() {
    if (phase === 'active' || (phase === 'opening' && !atRest(read().state))) exchange();
    else if (phase === 'opening') step('rest');
    else if (phase === 'refused' && !atRest(read().state)) step('retry');
  }

  /** One request at a time; the newest state wins, since each says it all. */
  async function exchange() {
    if (request) {
      again = true;
      return;
    }
    cancel();
    again = false;
    request = {};
    const mine = request;
    const opening = phase === 'opening';
    const path = opening ? '' : `/${open?.sessionId}/heartbeats`;
    const name = opening ? await clientId() : undefined;
    let carried: CoverageReport | undefined;
    const answer = await transport.post(path, (): OpenRequest | Heartbeat => {
      // Overtaken while waiting for a token: it would take the place of its successor.
      if (request !== mine) throw 'stale';
      const { state, position, rate, coverage } = read();
      sentAt = clock.now();
      if (!opening) {
        carried = coverage?.report();
        return { watchedMs: claim(), state, position, rate, played: carried?.ranges };
      }
      // Time counts from the sending. The server's openedAt lies between this moment and the answer, and of
      // a claim it pays no more than what elapsed there: counting from the answer would lose the way back.
      base = presented();
      return { coursewareId, clientId: name, takeOver: seize || undefined };
    });
    const body = answer.body as Partial<OpenedSession>;
    if (request === mine) {
      request = undefined;
      if (answer.status < 300 && body.sessionId) {
        carried?.kept();
        succeed(body as OpenedSession);
      } else refuse(answer);
    } else if (body.endToken) {
      // Opened, but nobody waits for it any more: not to be left holding the lock.
      transport.end(body.sessionId as string, { endToken: body.endToken, watchedMs: 0 });
    }
  }

  function succeed(body: OpenedSession) {
    if (phase === 'opening') {
      open = body;
      seize = false;
      holder = undefined;
      toldConflict = undefined;
      step('opened');
      hint();
      again = atRest(read().state);
    } else {
      reopened = false;
    }
    played = false;
    recover();
    schedule(again ? SPACING_MS : paceOf(body));
    take(body);
  }

  /** The service answers, whatever it says. */
  function recover() {
    failures = 0;
    const failing = told;
    told = undefined;
    if (failing) emit('recovered', undefined);
  }

  function take(session: Session) {
    latest = session;
    emit('session', session);
    if (session.crediting) bound = undefined;
    const reached = bounds[session.reason ?? ''];
    // Once: a pause puts its own reason before this one and takes it away again.
    if (!reached || reached === bound) return;
    bound = reached;
    emit(reached, session);
  }

  function refuse({ status, body, retryAfterMs }: Answer) {
    const { code, active, session, detail } = body as Partial<Problem>;
    const sealing = sealings[code ?? ''];
    if (code === 'parallel-viewing' && active && step('refused')) {
      holder = active;
      recover();
      // Told to ask anew while this was under way, perhaps to take over.
      if (again && step('retry')) return;
      seize = false;
      schedule(REFUSED_MS);
      const conflict = active.openedAt + active.canTakeOver;
      const news = conflict !== toldConflict;
      toldConflict = conflict;
      if (news) emit('conflict', active);
    } else if (session && sealing && step(sealing)) {
      recover();
      take(session);
      // A play that came after the sealing, unknown to this page yet, is the learner's word to go on here.
      if (!played || !step('play')) emit(sealing, session);
    } else if (code === 'session-not-found' && !reopened) {
      reopened = true;
      step('lost');
    } else {
      const kind = kindOf(status, code);
      const willRetry = kind === 'unauthorized' ? refreshable : /^(net|ser|rate)/.test(kind);
      if (willRetry) schedule(Math.max(backoff(failures++), retryAfterMs ?? 0));
      else step('denied');
      const news = told !== kind;
      told = kind;
      if (news) emit('error', { kind, message: detail ?? `HTTP ${status}`, willRetry });
    }
  }

  function retry() {
    transport.forgetToken();
    toldConflict = undefined;
    if (!step('retry') && (phase === 'active' || phase === 'opening')) exchange();
  }

  return {
    get phase() {
      return phase;
    },
    get latest() {
      return latest;
    },
    get conflict() {
      return phase === 'refused' || phase === 'opening' ? holder : undefined;
    },
    get watchedMs() {
      return earlier + (open ? claim() : 0);
    },
    changed(from, to) {
      if (to === 'playing' && rested) {
        rested = false;
        played = true;
        if (step('play')) return;
      }
      if (atRest(to)) rested = true;
      if (phase !== 'active' || failures || (!atRest(from) && !atRest(to))) return;
      // Hidden may be the last that a page on a phone ever does.
      if (request || to === 'hidden') exchange();
      else schedule(Math.max(0, sentAt + SPACING_MS - clock.now()));
    },
    nudge: due,
    hinted() {
      // A service that is away, or asked to be left alone, is not asked the sooner.
      if (failures) return;
      if (phase === 'refused') schedule(HINTED_MS);
      else due();
    },
    retry,
    takeOver() {
      // Where nothing is open elsewhere that is known of, it would hit whatever is at the next play.
      seize = phase !== 'active' && phase !== 'waiting';
      retry();
    },
    leave() {
      const held = open;
      if (step('leave') && held) hint();
    },
    async stop() {
      step('stop');
      await ending;
    },
  };
}

function paceOf({ heartbeatMs }: Session): number {
  return Number.isFinite(heartbeatMs) ? Math.min(Math.max(heartbeatMs, FASTEST_MS), SLOWEST_MS) : PACE_MS;
}

function kindOf(status: number, code: string | undefined): ErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'service';
  // Without a code of ours it was a proxy, a captive portal, or nobody that answered.
  if (!code) return 'network';
  if (code === 'courseware-not-found') return code;
  if (code === 'session-not-found') return 'session-lost';
  return status === 403 ? 'forbidden' : 'rejected';
}
