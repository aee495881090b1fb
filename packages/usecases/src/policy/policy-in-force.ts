import type { CoursewareLedger, PolicyLedger } from '@watchledger/ledger';
import type { Policy } from '@watchledger/rules';
import { unavailable, whileStoresAnswer } from '../stores/unavailable.ts';
import { changesOf } from './stored-policy.ts';

/**
 * Whether this process still works by the policy in force (R9). Another process that was told to adopt another
 * policy makes this one outdated, and what it would accept and credit wrong.
 */
export interface PolicyInForce {
  /**
   * Looks only when the shared revision has moved; by default the present one is read.
   * @throws Problem `unavailable` while another policy is in force, or nobody can say
   */
  demand(sharedRevision?: number): Promise<void> | undefined;
  /** What the last look found; free of cost. */
  isOutdated(): boolean;
}

export interface PolicyInForceOptions {
  readonly policies: Pick<PolicyLedger, 'current'>;
  readonly courseware: Pick<CoursewareLedger, 'sharedRevision'>;
  /** The policy that this process works by. */
  readonly policy: Policy;
}

const retryAfterSeconds = 10;

export function createPolicyInForce({ policies, courseware, policy }: PolicyInForceOptions): PolicyInForce {
  /** The last shared revision at which this process's policy was the one in force. */
  let inForceAt: number | null = null;
  let outdated = false;

  async function look(sharedRevision: number): Promise<void> {
    const stored = await whileStoresAnswer(() => policies.current());
    outdated = stored !== null && changesOf(stored.policy, policy).length > 0;
    if (!outdated) {
      inForceAt = sharedRevision;
      return;
    }
    throw unavailable(
      'This process works by an outdated policy: another one is in force. It must be restarted with that policy.',
      retryAfterSeconds,
    );
  }

  function lookIfMoved(sharedRevision: number): Promise<void> | undefined {
    return sharedRevision === inForceAt ? undefined : look(sharedRevision);
  }

  async function lookAsOfNow(): Promise<void> {
    await lookIfMoved(await whileStoresAnswer(() => courseware.sharedRevision()));
  }

  return {
    demand: (sharedRevision) => (sharedRevision === undefined ? lookAsOfNow() : lookIfMoved(sharedRevision)),
    isOutdated: () => outdated,
  };
}
