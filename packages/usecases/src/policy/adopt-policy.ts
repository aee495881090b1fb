import type { AuditedChange, AuditedValue, PolicyLedger } from '@watchledger/ledger';
import { type Instant, type Policy, parsePolicy, policyDifference, policyToJson } from '@watchledger/rules';
import { rfc3339 } from '../moments/rfc3339.ts';

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

  constructor(fixed: string, wanted: string) {
    super(`The time zone was fixed as ${fixed} with the first stored fact and cannot become ${wanted}`);
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
    const changes = stored === null ? [] : differences(parsePolicy(JSON.parse(stored.policy)), policy);
    if (stored !== null) {
      if (changes.length === 0) return false;
      const zone = changes.find(({ field }) => field === 'timeZone');
      if (zone !== undefined && (await policies.hasFacts()))
        throw new TimeZoneFixed(`${zone.from}`, `${zone.to}`);
      if (!adopt) throw new PolicyNotInForce(stored.inForceFrom, changes);
    }
    const by = { actor, at: now(), reason: null };
    if (await policies.adopt(canonical, stored?.policy ?? null, changes, by)) return true;
  }
}

function differences(from: Policy, to: Policy): AuditedChange[] {
  return policyDifference(from, to).map((field) => ({
    field,
    from: valueAt(field, from),
    to: valueAt(field, to),
  }));
}

function valueAt(key: string, policy: Policy): AuditedValue {
  let value: unknown = policyToJson(policy);
  for (const step of key.split('.')) value = (value as Readonly<Record<string, unknown>>)[step];
  return value as AuditedValue;
}
