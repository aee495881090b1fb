import type { Session } from '../protocol.ts';
import type { Watching } from '../watch.ts';

/** What a learner is told of a viewing: the one thing that matters most just now. */
export type Standing =
  | 'connecting'
  | 'ready'
  | 'counting'
  | 'paused'
  | 'ended'
  | 'hidden'
  | 'idle'
  | 'buffering'
  /** Another viewing is open (R3). */
  | 'refused'
  | 'superseded'
  | 'ended-elsewhere'
  | Bound
  /** An outage in which time is kept, and one before there is a session to keep it for. */
  | 'unreachable'
  | 'unanswered'
  | 'signed-out'
  | 'failed'
  | 'stopped';

/** Why time is recorded and earns nothing (R4, R5, R8). */
export type Bound = 'limit' | 'cap' | 'year-closed';

/** How a standing feels: whether time counts, waits, counts for nothing, or is lost. */
export type Tone = 'good' | 'rest' | 'warn' | 'bad';

/** First what keeps the whole viewing from being recorded, then what the page presents, then what the rules say. */
export function standingOf({
  phase,
  state,
  session,
  conflict,
  error,
}: Pick<Watching, 'phase' | 'state' | 'session' | 'conflict' | 'error'>): Standing {
  if (phase === 'stopped' && !error) return phase;
  if (error?.kind === 'unauthorized') return 'signed-out';
  if (phase === 'failed' || phase === 'stopped') return 'failed';
  if (error?.willRetry && error.kind !== 'misuse') return phase === 'active' ? 'unreachable' : 'unanswered';
  if (conflict) return 'refused';
  if (phase === 'over') return session?.state === 'superseded' ? 'superseded' : 'ended-elsewhere';
  if (phase === 'waiting') return state === 'ended' ? state : 'ready';
  if (phase === 'opening' || !session) return 'connecting';
  return state === 'playing' ? (boundOf(session) ?? 'counting') : state;
}

/** Undefined while recorded time earns. */
export function boundOf({ crediting, reason, courseware, online }: Session): Bound | undefined {
  if (crediting) return undefined;
  if (reason === 'year-closed') return reason;
  if (courseware.remainingSeconds === 0) return 'limit';
  return online.remainingSeconds === 0 ? 'cap' : undefined;
}

export function toneOf(standing: Standing): Tone {
  if (standing === 'counting') return 'good';
  if (/^(limit|cap|year|idle|unr)/.test(standing)) return 'warn';
  return /^(ref|sup|ended-|una|sig|fai)/.test(standing) ? 'bad' : 'rest';
}
