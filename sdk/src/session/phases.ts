/** Where a viewing stands with the service. */
export type Phase =
  /** Nothing to record yet: opens at the next play. */
  | 'waiting'
  /** Asking for a session, again and again if the service is away. */
  | 'opening'
  /** A session is open and earns time. */
  | 'active'
  /** Another viewing holds the learner's lock. */
  | 'refused'
  /** Taken over, or ended elsewhere. */
  | 'over'
  /** The service will not have it. */
  | 'failed'
  | 'stopped';

export type Turn =
  /** Play after a rest, by the learner. */
  | 'play'
  /** The learner rests while the session is not open yet. */
  | 'rest'
  | 'opened'
  | 'refused'
  | 'superseded'
  | 'ended'
  /** The service does not know the session. */
  | 'lost'
  | 'denied'
  /** Told to try again, or time to. */
  | 'retry'
  /** The page leaves, perhaps to come back. */
  | 'leave'
  | 'stop';

/** What is not in the table does not happen. */
export const phases: Readonly<Record<Phase, Partial<Readonly<Record<Turn, Phase>>>>> = {
  waiting: { play: 'opening', leave: 'waiting', stop: 'stopped' },
  opening: {
    opened: 'active',
    refused: 'refused',
    denied: 'failed',
    rest: 'waiting',
    leave: 'waiting',
    stop: 'stopped',
  },
  active: {
    superseded: 'over',
    ended: 'over',
    lost: 'opening',
    denied: 'failed',
    leave: 'waiting',
    stop: 'stopped',
  },
  refused: { play: 'opening', retry: 'opening', leave: 'waiting', stop: 'stopped' },
  over: { play: 'opening', retry: 'opening', leave: 'waiting', stop: 'stopped' },
  failed: { retry: 'opening', leave: 'waiting', stop: 'stopped' },
  stopped: {},
};
