import type { PolicyLedger } from '@watchledger/ledger';
import { type Instant, type Policy, parsePolicy, policyDifference, policyToJson } from '@watchledger/rules';
import { StartFault } from './start-fault.ts';

export interface PolicyStart {
  readonly policy: Policy;
  /** Whether the operator says that a differing policy is meant. */
  readonly adopt: boolean;
  readonly now: Instant;
}

/**
 * Puts the policy in force at the first start, and later holds every process to it: one that differs does not
 * start unless told to adopt it, and the time zone never changes once there are facts (R9).
 */
export async function putPolicyInForce(ledger: PolicyLedger, start: PolicyStart): Promise<void> {
  const { policy, adopt, now } = start;
  const stored = await ledger.current();
  const inForce = stored === null ? null : parsePolicy(JSON.parse(stored.policy));
  const changed = inForce === null ? [] : policyDifference(inForce, policy);
  if (inForce !== null && changed.length === 0) return;
  if (inForce !== null && changed.includes('timeZone') && (await ledger.hasFacts())) {
    throw new StartFault(
      `POLICY_FILE: timeZone is ${inForce.timeZone} for good, as time was already booked on its days`,
    );
  }
  if (inForce !== null && !adopt) {
    throw new StartFault(
      `POLICY_FILE: ${changed.join(', ')} differ${changed.length === 1 ? 's' : ''} from the policy in force; ` +
        'start with that policy, or with --adopt-policy to put this one in its place',
    );
  }
  const changes = changed.map((key) => ({
    field: key,
    from: valueAt(inForce, key),
    to: valueAt(policy, key),
  }));
  const by = { actor: 'operator', at: now, reason: null };
  const taken = await ledger.adopt(JSON.stringify(policyToJson(policy)), stored?.policy ?? null, changes, by);
  // Another process was faster: what it has put in force decides now.
  if (!taken) await putPolicyInForce(ledger, start);
}

function valueAt(policy: Policy | null, key: string): string | null {
  if (policy === null) return null;
  let value: unknown = policyToJson(policy);
  for (const part of key.split('.')) value = (value as Record<string, unknown>)[part];
  return value === null ? null : String(value);
}
