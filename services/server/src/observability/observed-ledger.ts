import type {
  CoursewareLedger,
  CoverageLedger,
  CreditsLedger,
  OfficeLedger,
  PolicyLedger,
  ViewingLedger,
} from '@watchledger/ledger';
import type { Ledger } from '../ledger.ts';
import type { ViewingMeters } from './viewing-meters.ts';
import { type Around, type Readings, watchPort } from './watched-port.ts';

/** The ledger, each command watched, and what its replies say counted. */
export function observedLedger(
  ledger: Ledger,
  meters: ViewingMeters,
  watch: (command: string) => Around,
): Ledger {
  const of = (part: string) => (command: string) => watch(`${part}.${command}`);
  return {
    ...ledger,
    viewing: countingLate(watchPort(ledger.viewing, viewing(meters), of('viewing')), meters),
    courseware: watchPort(ledger.courseware, courseware, of('courseware')),
    credits: watchPort(ledger.credits, credits, of('credits')),
    coverage: watchPort(ledger.coverage, coverage, of('coverage')),
    policies: watchPort(ledger.policies, policies, of('policies')),
    office: observedOffice(ledger.office, of),
  };
}

/** Commands of offices are few, and their outcomes are told in answers. */
function observedOffice(
  office: OfficeLedger,
  watchOf: (part: string) => (command: string) => Around,
): OfficeLedger {
  const parts = Object.entries<object>({ ...office }).map(([part, port]) => {
    const readings = Object.fromEntries(Object.keys(port).map((command) => [command, answered]));
    return [part, watchPort(port, readings, watchOf(part))];
  });
  return Object.fromEntries(parts);
}

/** What a sealed session still gets never passes the lock (R3a). */
function countingLate(viewing: ViewingLedger, meters: ViewingMeters): ViewingLedger {
  return {
    ...viewing,
    settleLate: async (sessionId, settle) => {
      let before = { watchedMs: 0, forfeitedMs: 0 };
      const after = await viewing.settleLate(sessionId, (session) => {
        before = session;
        return settle(session);
      });
      // Asked in vain, it was not sealed.
      if (after?.seal)
        meters.accepted(after.watchedMs - before.watchedMs, after.forfeitedMs - before.forfeitedMs);
      return after;
    },
  };
}

const answered = () => 'answered';

function viewing(meters: ViewingMeters): Readings<ViewingLedger> {
  return {
    latestSession: answered,
    session: answered,
    turnsOf: answered,
    newestReportAt: answered,
    open: (reply) => {
      if (reply === 'opened') meters.opened.inc();
      return reply;
    },
    record: ({ outcome }) => {
      if (outcome === 'diverged') meters.divergences.inc();
      return outcome;
    },
    settleLate: answered,
  };
}

const courseware: Readings<CoursewareLedger> = {
  put: ({ outcome }) => outcome,
  patch: ({ outcome }) => outcome,
  hide: (outcome) => outcome,
  get: answered,
  getEvenHidden: answered,
  list: answered,
  import: answered,
  trail: answered,
  rehearse: answered,
  sharedRevision: answered,
};

const credits: Readings<CreditsLedger> = {
  learnerFacts: answered,
  factsOf: answered,
  presentFactsOf: answered,
  learnerIds: answered,
  sessionsOf: answered,
};

const coverage: Readings<CoverageLedger> = { get: answered, add: answered };

const policies: Readings<PolicyLedger> = {
  current: answered,
  adopt: (outcome) => outcome,
  hasFacts: answered,
};
