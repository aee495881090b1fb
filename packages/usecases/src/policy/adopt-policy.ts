import type { AuditedChange, PolicyLedger, StoredPolicy } from '@watchledger/ledger';
import { type Instant, type Policy, policyToJson } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';
import { changesOf } from './stored-policy.ts';

export interface PolicyContext {
  readonly policies: PolicyLedger;
  readonly now: () => Instant;
}

export interface AdoptPolicy {
  /** The policy that this process was configured with. */
  readonly policy: Policy;
  /** Whether the operator told this start to put a differing policy in force. */
  readonly adopt: boolean;
  readonly actor: string;
}

/** This process is configured with another policy than the one in force; the message names each difference. */
export class PolicyNotInForce extends Error {
  override readonly name = 'PolicyNotInForce';
  readonly changes: readonly AuditedChange[];

  constructor(inForceFrom: Instant, changes: readonly AuditedChange[]) {
    const listed = changes
      .map(({ field, from, to }) => `${field} is ${from} there and ${to} here`)
      .join(', ');
    super(`The policy differs from the one in force since ${rfc3339(inForceFrom)}: ${listed}`);
    this.changes = changes;
  }
}

/** The time zone cannot change any more, since facts were booked on its days (R9). */
export class TimeZoneFixed extends Error {
  override readonly name = 'TimeZoneFixed';

  constructor(changes: readonly AuditedChange[]) {
    const { from, to } = zoneChange(changes) ?? {};
    super(`The time zone was fixed as ${from} with the first stored fact and cannot become ${to}`);
  }
}

/**
 * Lets a process start only with the policy in force, or puts its own in force where there is none or the
 * operator said so (R9). Answers whether the policy came into force just now.
 * @throws PolicyNotInForce, TimeZoneFixed
 */
export async function adoptPolicy(
  { policies, now }: PolicyContext,
  { policy, adopt, actor }: AdoptPolicy,
): Promise<boolean> {
  const canonical = JSON.stringify(policyToJson(policy));
  for (;;) {
    const stored = await policies.current();
    const changes = stored === null ? [] : changesOf(stored.policy, policy);
    if (stored !== null) {
      if (changes.length === 0) return false;
      if (!adopt) throw await refusal(policies, stored, changes);
    }
    const by = { actor, at: now(), reason: null };
    const outcome = await policies.adopt(canonical, stored?.policy ?? null, changes, by);
    if (outcome === 'zone-fixed') throw new TimeZoneFixed(changes);
    if (outcome === 'adopted') return true;
  }
}

/** Nobody is told to adopt what could not be adopted. */
async function refusal(
  policies: PolicyLedger,
  { inForceFrom }: StoredPolicy,
  changes: readonly AuditedChange[],
): Promise<PolicyNotInForce | TimeZoneFixed> {
  const fixed = zoneChange(changes) !== undefined && (await policies.hasFacts());
  return fixed ? new TimeZoneFixed(changes) : new PolicyNotInForce(inForceFrom, changes);
}

const zoneChange = (changes: readonly AuditedChange[]) => changes.find(({ field }) => field === 'timeZone');
