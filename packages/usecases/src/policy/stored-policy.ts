import type { AuditedChange, AuditedValue } from '@watchledger/ledger';
import {
  defaultPolicy,
  type Policy,
  type PolicyJson,
  policyDifference,
  policyToJson,
} from '@watchledger/rules';

/**
 * What a process's policy changes of a stored one. Compared as JSON: another release may have stored keys or
 * values that this one would refuse in a policy file, and must still be told from its own.
 */
export function changesOf(stored: string, policy: Policy): AuditedChange[] {
  const from: PolicyJson = { ...policyToJson(defaultPolicy), ...JSON.parse(stored) };
  const to = policyToJson(policy);
  return policyDifference(from, to).map((field) => ({
    field,
    from: valueAt(field, from),
    to: valueAt(field, to),
  }));
}

function valueAt(key: string, policy: PolicyJson): AuditedValue {
  let value: unknown = policy;
  for (const step of key.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  return (value ?? null) as AuditedValue;
}
