import type { ViewingLock } from '@watchledger/lock';
import type { ViewingMeters } from './viewing-meters.ts';
import { type Around, type Readings, watchPort } from './watched-port.ts';

/** The lock, each command watched, and what its replies say counted. */
export function observedLock(
  lock: ViewingLock,
  meters: ViewingMeters,
  watch: (command: string) => Around,
): ViewingLock {
  const observed = watchPort(lock, readings(meters), watch);
  return {
    ...observed,
    open: async (learnerId, command) => {
      const reply = await observed.open(learnerId, command);
      if (reply.kind === 'opened' && command.known?.sealed === false) meters.superseded.inc();
      return reply;
    },
  };
}

function readings(meters: ViewingMeters): Readings<ViewingLock> {
  return {
    now: () => 'answered',
    health: () => 'answered',
    open: ({ kind }) => {
      if (kind === 'held') meters.conflicts.inc();
      return kind;
    },
    report: (reply) => {
      meters.reported(reply);
      return reply.kind;
    },
    end: (reply) => {
      meters.reported(reply);
      return reply.kind;
    },
    adopt: (reply) => reply,
    close: () => 'answered',
  };
}
